package schedule

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// image is the name that stands where the image of the program is to be named, and volume where the folder of a volume is.
const (
	image  = "IMAGE"
	volume = "/Volumes/CATALOG/SCHEMA/VOLUME"
)

// opened hands the key over on a descriptor: a file of a Secret that a user other than root may read has a mode that no key may have.
const opened = `exec draftt-databricks "$@" 3</draftt/key/key.txt`

// openedShard reads the shard of the pod, and closes the run where it was the last one: that others are left to read, or that another pod
// closes it, is no failure. The name comes first, so that the flags of a shard stand before it in the end.
const openedShard = `name=$1 shards=$2; shift 2
draftt-databricks --key-fd 3 sync "$@" --shard "$((JOB_COMPLETION_INDEX + 1))/$shards" -- "$name" 3</draftt/key/key.txt || exit
draftt-databricks --key-fd 3 sync join --json --to /draftt/state/data -- "$name" 3</draftt/key/key.txt
ended=$?
test "$ended" = 74 || exit "$ended"`

// openedPart takes the inventories of the pod's part of the workspaces. The parts need no one to close them.
const openedPart = `parts=$1; shift
exec draftt-databricks --key-fd 3 inventory run --shard "$((JOB_COMPLETION_INDEX + 1))/$parts" "$@" 3</draftt/key/key.txt`

type object = map[string]any

// kubernetes is a CronJob, after the reference of batch/v1. The key comes from a Secret, the saved connections and the runs lie on a volume.
func (s Spec) kubernetes() ([]File, error) {
	inside := s
	inside.KeyFile, inside.To = "", "/draftt/state/data"
	name := s.slug()
	command, arguments := []string{"/bin/sh", "-c", opened, "sh", "--key-fd", "3"}, inside.arguments("--json")
	switch {
	case s.Shards > 0 && s.task() == Inventory:
		command, arguments = []string{"/bin/sh", "-c", dollars([]string{openedPart})[0], "sh"}, append([]string{fmt.Sprint(s.Shards)}, arguments[2:]...)
	case s.Shards > 0:
		flags := arguments[1:slices.Index(arguments, "--")]
		command, arguments = []string{"/bin/sh", "-c", dollars([]string{openedShard})[0], "sh"}, append([]string{s.Name, fmt.Sprint(s.Shards)}, flags...)
	}
	container := object{
		"name": string(s.task()), "image": image, "command": command, "args": dollars(arguments),
		"env": []object{{"name": "DRAFTT_DATABRICKS_HOME", "value": "/draftt/state/home"}, {"name": "HOME", "value": "/tmp"}},
		"securityContext": object{
			"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": object{"drop": []string{"ALL"}},
		},
		"resources": object{"requests": object{"cpu": "500m", "memory": "256Mi"}, "limits": object{"memory": "512Mi"}},
		"volumeMounts": []object{
			{"name": "key", "mountPath": "/draftt/key", "readOnly": true}, {"name": "state", "mountPath": "/draftt/state"}, {"name": "tmp", "mountPath": "/tmp"},
		},
	}
	pod := object{
		"restartPolicy": "Never", "activeDeadlineSeconds": int(longest.Seconds()), "automountServiceAccountToken": false, "containers": []object{container},
		// The group of an empty volume is changed once. Later it would open the saved connections to the group, and they would be refused.
		"securityContext": object{
			"runAsNonRoot": true, "runAsUser": 65532, "runAsGroup": 65532, "fsGroup": 65532, "fsGroupChangePolicy": "OnRootMismatch",
			"seccompProfile": object{"type": "RuntimeDefault"},
		},
		"volumes": []object{
			{"name": "key", "secret": object{"secretName": name + "-key", "defaultMode": 0o440}},
			{"name": "state", "persistentVolumeClaim": object{"claimName": name}},
			{"name": "tmp", "emptyDir": object{}},
		},
	}
	// A pod that takes too long fails and is tried again. The limit of the Job is for pods that never begin.
	runs := object{
		"activeDeadlineSeconds": int(allTries.Seconds()), "backoffLimit": retries,
		"template": object{"metadata": object{"labels": object{"app.kubernetes.io/name": "draftt-databricks"}}, "spec": pod},
	}
	if s.Shards > 0 { // the limit of tries is for all of them together
		runs["completionMode"], runs["completions"], runs["parallelism"], runs["backoffLimit"] = "Indexed", s.Shards, s.Shards, retries*s.Shards
	}
	job := object{
		"apiVersion": "batch/v1", "kind": "CronJob", "metadata": object{"name": name, "labels": object{"app.kubernetes.io/name": "draftt-databricks"}},
		"spec": object{
			"schedule": fmt.Sprintf("%d %s * * *", s.At.Minute(), list(s.hours(), "%d")), "timeZone": "Etc/UTC", "concurrencyPolicy": "Forbid",
			"successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3, "startingDeadlineSeconds": int(pause.Seconds()),
			"jobTemplate": object{"spec": runs},
		},
	}
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(job); err != nil {
		return nil, fmt.Errorf("write the CronJob: %w", err)
	}
	return []File{{name + ".yaml", text.String()}}, nil
}

// dollars are arguments in which Kubernetes replaces no variable.
func dollars(arguments []string) []string {
	for i, a := range arguments {
		arguments[i] = strings.ReplaceAll(a, "$", "$$")
	}
	return arguments
}

// databricks is the settings of a job, after POST /api/2.2/jobs/create, and the script that its task runs. The program, the key, the saved
// connections and the runs lie in a folder of a volume.
func (s Spec) databricks() ([]File, error) {
	inside := s
	inside.KeyFile, inside.To = "", ""
	for _, name := range append([]string{s.Name}, s.Names...) {
		if strings.Contains(name, "{{") { // begins a reference in a parameter, which nothing escapes
			return nil, &ErrText{name}
		}
	}
	name := s.slug()
	script := name + ".py"
	task := func(key string, arguments []string, after ...string) object {
		one := object{
			"task_key": key, "timeout_seconds": int(longest.Seconds()), "max_retries": retries, "min_retry_interval_millis": int(pause.Milliseconds()), "retry_on_timeout": true,
			"environment_key":   "default",
			"spark_python_task": object{"python_file": "/Workspace/Shared/" + script, "parameters": append([]string{volume}, arguments...)},
		}
		if len(after) > 0 {
			var all []object
			for _, key := range after {
				all = append(all, object{"task_key": key})
			}
			one["depends_on"] = all
		}
		return one
	}
	tasks, allowed, runs := []object{task(string(s.task()), inside.arguments("--json"))}, allTries, runner
	switch {
	case s.task() == Inventory && s.Shards > 0:
		tasks, runs = inside.parts(task), inventoryRunner
	case s.task() == Inventory:
		runs = inventoryRunner
	case s.Shards > 0:
		tasks, allowed = inside.shards(task), 3*allTries // one after the other: the plan, the shards, the join
	}
	job := object{
		"name": name, "max_concurrent_runs": 1, "timeout_seconds": int(allowed.Seconds()),
		"schedule": object{"quartz_cron_expression": fmt.Sprintf("0 %d %s * * ?", s.At.Minute(), list(s.hours(), "%d")), "timezone_id": "UTC", "pause_status": "PAUSED"},
		"tasks":    tasks, "environments": []object{{"environment_key": "default", "spec": object{"environment_version": "3"}}},
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(job); err != nil {
		return nil, fmt.Errorf("write the job: %w", err)
	}
	return []File{{name + ".json", text.String()}, {script, runs}}, nil
}

// shards are the tasks of a sync in shards: one makes the plan, since files of a volume cannot be locked, one for each shard, and one that
// closes the run.
func (s Spec) shards(task func(key string, arguments []string, after ...string) object) []object {
	of := func(part int) []string {
		return within(s.arguments("--json"), "--shard", fmt.Sprintf("%d/%d", part, s.Shards))
	}
	tasks := []object{task("plan", of(0))}
	var keys []string
	for part := 1; part <= s.Shards; part++ {
		keys = append(keys, fmt.Sprintf("shard-%d", part))
		tasks = append(tasks, task(keys[part-1], of(part), "plan"))
	}
	return append(tasks, task("join", []string{"sync", "join", "--json", "--", s.Name}, keys...))
}

// parts are the tasks of inventories of several workspaces, each of its part of them; none waits for another.
func (s Spec) parts(task func(key string, arguments []string, after ...string) object) (tasks []object) {
	for part := 1; part <= s.Shards; part++ {
		tasks = append(tasks, task(fmt.Sprintf("part-%d", part), within(s.arguments("--json"), "--shard", fmt.Sprintf("%d/%d", part, s.Shards))))
	}
	return tasks
}

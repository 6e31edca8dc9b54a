package schedule

import (
	"bytes"
	"encoding/json"
	"fmt"
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

type object = map[string]any

// kubernetes is a CronJob, after the reference of batch/v1. The key comes from a Secret, the saved connections and the runs lie on a volume.
func (s Spec) kubernetes() ([]File, error) {
	inside := s
	inside.KeyFile, inside.To = "", "/draftt/state/data"
	name := s.slug()
	container := object{
		"name": "sync", "image": image, "command": []string{"/bin/sh", "-c", opened, "sh", "--key-fd", "3"}, "args": dollars(inside.arguments("--json")),
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
		"restartPolicy": "Never", "automountServiceAccountToken": false, "containers": []object{container},
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
	job := object{
		"apiVersion": "batch/v1", "kind": "CronJob", "metadata": object{"name": name, "labels": object{"app.kubernetes.io/name": "draftt-databricks"}},
		"spec": object{
			"schedule": fmt.Sprintf("%d %s * * *", s.At.Minute(), list(s.hours(), "%d")), "timeZone": "Etc/UTC", "concurrencyPolicy": "Forbid",
			"successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 3, "startingDeadlineSeconds": int(pause.Seconds()),
			"jobTemplate": object{"spec": object{
				"activeDeadlineSeconds": int(longest.Seconds()), "backoffLimit": retries,
				"template": object{"metadata": object{"labels": object{"app.kubernetes.io/name": "draftt-databricks"}}, "spec": pod},
			}},
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
	if strings.Contains(s.Name, "{{") { // begins a reference in a parameter, which nothing escapes
		return nil, &ErrText{s.Name}
	}
	name := s.slug()
	script := name + ".py"
	job := object{
		"name": name, "max_concurrent_runs": 1, "timeout_seconds": int(longest.Seconds()),
		"schedule": object{"quartz_cron_expression": fmt.Sprintf("0 %d %s * * ?", s.At.Minute(), list(s.hours(), "%d")), "timezone_id": "UTC", "pause_status": "PAUSED"},
		"tasks": []object{{
			"task_key": "sync", "timeout_seconds": int(longest.Seconds()), "max_retries": retries, "min_retry_interval_millis": int(pause.Milliseconds()), "retry_on_timeout": true,
			"environment_key":   "default",
			"spark_python_task": object{"python_file": "/Workspace/Shared/" + script, "parameters": append([]string{volume}, inside.arguments("--json")...)},
		}},
		"environments": []object{{"environment_key": "default", "spec": object{"environment_version": "3"}}},
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(job); err != nil {
		return nil, fmt.Errorf("write the job: %w", err)
	}
	return []File{{name + ".json", text.String()}, {script, runner}}, nil
}

// runner is the script of the job's task, which ends as the program does. Files of a volume have no modes, are not run and are not locked, so
// the program, the key, the saved connections and the last run are copied to the machine, and a whole run is copied back.
const runner = `import os
import shutil
import subprocess
import sys
import tempfile

KEEP = 7
MANIFEST = "_manifest.json"
volume, arguments = sys.argv[1], sys.argv[2:]


def whole(folder):
    if not os.path.isdir(folder):
        return []
    return [r for r in sorted(os.listdir(folder)) if r.startswith("run=") and os.path.exists(os.path.join(folder, r, MANIFEST))]


def copy(run, source, target):
    """Copies a run, its manifest last: whoever sees one sees a whole run."""
    source, target = os.path.join(source, run), os.path.join(target, run)
    shutil.copytree(source, target, copy_function=shutil.copyfile, dirs_exist_ok=True, ignore=lambda _, names: {MANIFEST} & set(names))
    shutil.copyfile(os.path.join(source, MANIFEST), os.path.join(target, MANIFEST))


with tempfile.TemporaryDirectory() as here:
    program, key, home, data = (os.path.join(here, name) for name in ("draftt-databricks", "key.txt", "home", "data"))
    kept = os.path.join(volume, "data")
    shutil.copyfile(os.path.join(volume, "draftt-databricks"), program)
    shutil.copyfile(os.path.join(volume, "key.txt"), key)
    shutil.copytree(os.path.join(volume, "home"), home, copy_function=shutil.copyfile)
    for folder, _, names in os.walk(home):
        os.chmod(folder, 0o700)
        for name in names:
            os.chmod(os.path.join(folder, name), 0o600)
    os.chmod(program, 0o700)
    os.chmod(key, 0o600)
    os.mkdir(data, 0o700)
    for run in whole(kept)[-1:]:
        copy(run, kept, data)
    at = arguments.index("--")
    command = [program, *arguments[:at], "--key-file", key, "--to", data, *arguments[at:]]
    status = subprocess.run(command, env={**os.environ, "DRAFTT_DATABRICKS_HOME": home}).returncode
    for run in set(whole(data)) - set(whole(kept)):
        copy(run, data, kept)
    for run in whole(kept)[:-KEEP]:
        os.remove(os.path.join(kept, run, MANIFEST))
        shutil.rmtree(os.path.join(kept, run))
sys.exit(status)
`

package schedule

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// cronJob is what batch/v1 says of the fields that are used, by its reference.
type cronJob struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string
	Metadata   metadata
	Spec       struct {
		Schedule                   string
		TimeZone                   string `yaml:"timeZone"`
		ConcurrencyPolicy          string `yaml:"concurrencyPolicy"`
		SuccessfulJobsHistoryLimit int32  `yaml:"successfulJobsHistoryLimit"`
		FailedJobsHistoryLimit     int32  `yaml:"failedJobsHistoryLimit"`
		StartingDeadlineSeconds    int64  `yaml:"startingDeadlineSeconds"`
		JobTemplate                struct {
			Spec struct {
				ActiveDeadlineSeconds int64  `yaml:"activeDeadlineSeconds"`
				BackoffLimit          int32  `yaml:"backoffLimit"`
				CompletionMode        string `yaml:"completionMode"`
				Completions           *int32
				Parallelism           *int32
				Template              struct {
					Metadata metadata
					Spec     podSpec
				}
			}
		} `yaml:"jobTemplate"`
	}
}

type metadata struct {
	Name   string
	Labels map[string]string
}

type podSpec struct {
	RestartPolicy                string `yaml:"restartPolicy"`
	ActiveDeadlineSeconds        int64  `yaml:"activeDeadlineSeconds"`
	AutomountServiceAccountToken *bool  `yaml:"automountServiceAccountToken"`
	SecurityContext              struct {
		RunAsNonRoot        bool                  `yaml:"runAsNonRoot"`
		RunAsUser           int64                 `yaml:"runAsUser"`
		RunAsGroup          int64                 `yaml:"runAsGroup"`
		FSGroup             int64                 `yaml:"fsGroup"`
		FSGroupChangePolicy string                `yaml:"fsGroupChangePolicy"`
		SeccompProfile      struct{ Type string } `yaml:"seccompProfile"`
	} `yaml:"securityContext"`
	Containers []struct {
		Name, Image     string
		Command, Args   []string
		Env             []struct{ Name, Value string }
		SecurityContext struct {
			AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
			ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
			Capabilities             struct{ Drop []string }
		} `yaml:"securityContext"`
		Resources struct{ Requests, Limits map[string]string }
		Mounts    []struct {
			Name      string
			MountPath string `yaml:"mountPath"`
			ReadOnly  bool   `yaml:"readOnly"`
		} `yaml:"volumeMounts"`
	}
	Volumes []struct {
		Name   string
		Secret *struct {
			SecretName  string `yaml:"secretName"`
			DefaultMode int32  `yaml:"defaultMode"`
		}
		Claim *struct {
			ClaimName string `yaml:"claimName"`
		} `yaml:"persistentVolumeClaim"`
		EmptyDir *struct{} `yaml:"emptyDir"`
	}
}

var dnsLabel = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)

// expand replaces variables in an argument as the kubelet does: $$ is one dollar, and a name in brackets behind one is a variable.
func expand(t *testing.T, text string) string {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(text, "$$", ""), "$(") {
		t.Errorf("%q has a variable", text)
	}
	return strings.ReplaceAll(text, "$$", "$")
}

func TestACronJobIsOneOfKubernetes(t *testing.T) {
	for _, name := range append([]string{strings.Repeat("long name ", 20)}, hostile...) {
		decoder := yaml.NewDecoder(strings.NewReader(define(t, Kubernetes, spec(name))[0].Text))
		decoder.KnownFields(true)
		var job cronJob
		if err := decoder.Decode(&job); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		pod := job.Spec.JobTemplate.Spec.Template.Spec
		if job.APIVersion != "batch/v1" || job.Kind != "CronJob" || job.Spec.Schedule != "5 2 * * *" || job.Spec.ConcurrencyPolicy != "Forbid" || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
			t.Errorf("%q is %+v", name, job)
		}
		if !dnsLabel.MatchString(job.Metadata.Name) || len(job.Metadata.Name) > 52 {
			t.Errorf("%q is named %q", name, job.Metadata.Name)
		}
		if pod.ActiveDeadlineSeconds != 6*60*60 || job.Spec.JobTemplate.Spec.ActiveDeadlineSeconds < 4*6*60*60 || job.Spec.JobTemplate.Spec.BackoffLimit != 3 {
			t.Errorf("%q has the limits %+v", name, job.Spec.JobTemplate.Spec)
		}
		c := pod.Containers[0]
		var called []string
		for _, a := range c.Args {
			called = append(called, expand(t, a))
		}
		if want := []string{"sync", "--json", "--to", "/draftt/state/data", "--start", "--", name}; !slices.Equal(called, want) {
			t.Errorf("%q calls %q, not %q", name, called, want)
		}
		if limit := c.Resources.Limits["memory"]; !regexp.MustCompile(`^[0-9]+Mi$`).MatchString(limit) {
			t.Errorf("%q is memory", limit)
		}
		there := map[string]bool{}
		for _, v := range pod.Volumes {
			there[v.Name] = v.Secret != nil || v.Claim != nil || v.EmptyDir != nil
		}
		for _, m := range c.Mounts {
			if !there[m.Name] {
				t.Errorf("%q mounts %s, which is no volume", name, m.Name)
			}
		}
	}
}

// TestAnIndexedJobReadsAShardInEachPodAndClosesTheRun runs the command of its container, with a program in the place of ours.
func TestAnIndexedJobReadsAShardInEachPodAndClosesTheRun(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("unknown: there is no sh here")
	}
	for _, name := range hostile {
		s, dir := spec(name), t.TempDir()
		s.Shards = 3
		decoder := yaml.NewDecoder(strings.NewReader(define(t, Kubernetes, s)[0].Text))
		decoder.KnownFields(true)
		var job cronJob
		if err := decoder.Decode(&job); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		of := job.Spec.JobTemplate.Spec
		if of.CompletionMode != "Indexed" || of.Completions == nil || *of.Completions != 3 || of.Parallelism == nil || *of.Parallelism != 3 || of.BackoffLimit != 9 {
			t.Errorf("%q is %+v", name, of)
		}
		program := "#!/bin/sh\nprintf '%s\\0' \"$@\" \"$(cat <&3)\" >>" + dir + "/called\ncase \"$4\" in join) exit $JOINED ;; *) exit $READ ;; esac\n"
		if err := errors.Join(os.WriteFile(filepath.Join(dir, "draftt-databricks"), []byte(program), 0o700), os.WriteFile(filepath.Join(dir, "key.txt"), []byte("key"), 0o600)); err != nil {
			t.Fatal(err)
		}
		c := of.Template.Spec.Containers[0]
		var command []string
		for _, a := range append(slices.Clone(c.Command), c.Args...) {
			command = append(command, strings.ReplaceAll(expand(t, a), "/draftt/key/", dir+"/"))
		}
		read := []string{"--key-fd", "3", "sync", "--json", "--to", "/draftt/state/data", "--start", "--shard", "2/3", "--", name, "key"}
		join := []string{"--key-fd", "3", "sync", "join", "--json", "--to", "/draftt/state/data", "--", name, "key"}
		for _, end := range []struct {
			read, joined string
			code         int
			calls        []string
		}{
			{"0", "0", 0, append(slices.Clone(read), join...)}, {"0", "74", 0, append(slices.Clone(read), join...)}, {"0", "73", 73, append(slices.Clone(read), join...)}, {"31", "0", 31, read},
		} {
			_ = os.Remove(filepath.Join(dir, "called"))
			run := exec.Command(sh, command[1:]...)
			run.Env = []string{"PATH=" + dir + ":" + os.Getenv("PATH"), "JOB_COMPLETION_INDEX=1", "READ=" + end.read, "JOINED=" + end.joined}
			out, err := run.CombinedOutput()
			called, _ := os.ReadFile(filepath.Join(dir, "called"))
			if got := strings.Split(strings.TrimSuffix(string(called), "\x00"), "\x00"); run.ProcessState.ExitCode() != end.code || !slices.Equal(got, end.calls) {
				t.Errorf("%q: exit %d, %v: %q\n%s", name, run.ProcessState.ExitCode(), err, got, out)
			}
		}
	}
}

package schedule

// runner is the script of the job's tasks, which end as the program does. Files of a volume have no modes, are not run and are not locked, so
// the program, the key, the saved connections and the last run are copied to the machine, and a whole run is copied back. Of a run in shards
// each task copies the plan and its own part there and back, its progress last; the one that joins has all of it. Who plans a table anew keeps
// that in a plan of its own, since nothing keeps two of them from writing at once.
const runner = `import json
import os
import shutil
import subprocess
import sys
import tempfile

KEEP = 7
MANIFEST = "_manifest.json"
volume, arguments = sys.argv[1], sys.argv[2:]
at = arguments.index("--")
joins = arguments[1] == "join"
shard = int(arguments[arguments.index("--shard") + 1].split("/")[0]) if "--shard" in arguments[:at] else None
progressed = f"_progress-{shard}.ndjson" if shard else "_progress.ndjson"
replanned = f"_plan-{shard}.json" if shard else "_plan-join.json"


def named(folder, prefix):
    return sorted(r for r in os.listdir(folder) if r.startswith(prefix)) if os.path.isdir(folder) else []


def whole(folder):
    return [r for r in named(folder, "run=") if os.path.exists(os.path.join(folder, r, MANIFEST))]


def copy(run, source, target):
    """Copies a run, its manifest last: whoever sees one sees a whole run."""
    source, target = os.path.join(source, run), os.path.join(target, run)
    shutil.copytree(source, target, copy_function=shutil.copyfile, dirs_exist_ok=True, ignore=lambda _, names: {MANIFEST} & set(names))
    shutil.copyfile(os.path.join(source, MANIFEST), os.path.join(target, MANIFEST))


def sizes(folder):
    """The files of a run that is not whole, those that are being written left out, and how long they are."""
    return {
        os.path.relpath(os.path.join(below, name), folder): os.path.getsize(os.path.join(below, name))
        for below, _, names in os.walk(folder)
        for name in names
        if not name.startswith(".") and ".scratch" not in below
    }


def add(run, source, target, wanted):
    """Copies what is new of a run that is not whole: first the rows, and then what says that they are there."""
    source, target = os.path.join(source, run), os.path.join(target, run)
    there, here = sizes(target), sizes(source)
    for path in sorted(here, key=lambda path: (os.path.dirname(path) == "", path)):
        if wanted(path) and (there.get(path) != here[path] or path == "_plan.json"):
            os.makedirs(os.path.dirname(os.path.join(target, path)), exist_ok=True)
            shutil.copyfile(os.path.join(source, path), os.path.join(target, path))


def own(folder):
    """The files that the progress of this shard names."""
    progress = os.path.join(folder, progressed)
    if not os.path.exists(progress):
        return set()
    with open(progress, encoding="utf-8") as lines:
        return {json.loads(line).get("path") for line in lines if line.endswith("\n")}


def text(path):
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def merged(folder):
    """The plan of a run, with those tables that were planned anew as they were planned last."""
    plan = text(os.path.join(folder, "_plan.json"))
    for name in named(folder, "_plan-"):
        try:
            tables, whole = json.loads(text(os.path.join(folder, name)))["Tables"], json.loads(plan)
        except ValueError:  # it is being written; the table is that shard's
            continue
        for number, table in enumerate(tables):
            if table.get("Anew", 0) > whole["Tables"][number].get("Anew", 0):
                whole["Tables"][number] = table
        plan = json.dumps(whole).encode()
    return plan


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


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
    plans = {}
    for run in named(kept, ".partial-") if joins or shard is not None else []:
        add(run, kept, data, lambda path: not path.startswith("_plan-") and (joins or os.path.dirname(path) == ""))
        mine = own(os.path.join(data, run))
        add(run, kept, data, lambda path: path in mine)
        plans[run] = merged(os.path.join(kept, run))
        if plans[run] is not None:
            write(os.path.join(data, run, "_plan.json"), plans[run])
    command = [program, *arguments[:at], "--key-file", key, "--to", data, *arguments[at:]]
    status = subprocess.run(command, env={**os.environ, "DRAFTT_DATABRICKS_HOME": home}).returncode
    for run in set(whole(data)) - set(whole(kept)):
        copy(run, data, kept)
    for run in named(data, ".partial-") if joins or shard is not None else []:
        plan = text(os.path.join(data, run, "_plan.json"))
        if run in plans and plan not in (None, plans[run]):
            write(os.path.join(kept, run, replanned), plan)
        if not joins:
            add(run, data, kept, lambda path: os.path.dirname(path) != "" or path == progressed or path == "_plan.json" and run not in plans)
    for run in set(plans) - set(named(data, ".partial-")):
        shutil.rmtree(os.path.join(kept, run))
    for run in whole(kept)[:-KEEP]:
        os.remove(os.path.join(kept, run, MANIFEST))
        shutil.rmtree(os.path.join(kept, run))
sys.exit(status)
`

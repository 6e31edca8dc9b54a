package schedule

// inventoryRunner is the script of the tasks of inventories, which end as the program does. SQLite needs a disk on which files can be locked,
// so the runs that are not over are copied to the machine, with what is known of those that are, and back afterwards: a run that was ended goes
// on with the next try. What was laid out for other programs is copied to the volume, the manifest of a run last.
const inventoryRunner = `import os
import shutil
import subprocess
import sys
import tempfile

KEEP = 7
MANIFEST = "_manifest.json"
volume, arguments = sys.argv[1], sys.argv[2:]
at = arguments.index("--")


def names(folder):
    return sorted(os.listdir(folder)) if os.path.isdir(folder) else []


def copy(source, target):
    """Copies a file so that it is there whole or not at all."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    shutil.copyfile(source, target + ".part")
    os.replace(target + ".part", target)


def over(folder, name):
    return os.path.exists(os.path.join(folder, name.split(".")[0] + ".json"))


def rows(name):
    return ".db" in name and not name.endswith(".part")


with tempfile.TemporaryDirectory() as here:
    program, key, home, data = (os.path.join(here, name) for name in ("draftt-databricks", "key.txt", "home", "data"))
    shelf, kept = os.path.join(volume, "home"), os.path.join(volume, "data")
    shutil.copyfile(os.path.join(volume, "draftt-databricks"), program)
    shutil.copyfile(os.path.join(volume, "key.txt"), key)
    shutil.copytree(shelf, home, copy_function=shutil.copyfile, ignore=lambda folder, _: {"inventory"} if folder == shelf else set())
    places, stored = os.path.join(shelf, "inventory"), os.path.join(home, "inventory")
    begun = {}
    for place in names(places):
        folder = os.path.join(places, place)
        begun[place] = [n for n in names(folder) if rows(n) and not over(folder, n)]
        for name in begun[place] + [n for n in names(folder) if n.endswith(".json")]:
            copy(os.path.join(folder, name), os.path.join(stored, place, name))
    for folder, _, inside in os.walk(home):
        os.chmod(folder, 0o700)
        for name in inside:
            os.chmod(os.path.join(folder, name), 0o600)
    os.chmod(program, 0o700)
    os.chmod(key, 0o600)
    os.mkdir(data, 0o700)
    command = [program, *arguments[:at], "--key-file", key, "--to", data, *arguments[at:]]
    status = subprocess.run(command, env={**os.environ, "DRAFTT_DATABRICKS_HOME": home}).returncode
    for place in names(stored):
        folder, target = os.path.join(stored, place), os.path.join(places, place)
        for name in [n for n in names(folder) if rows(n)] + [n for n in names(folder) if n.endswith(".json") and not os.path.exists(os.path.join(target, n))]:
            copy(os.path.join(folder, name), os.path.join(target, name))
        for name in set(begun.get(place, [])) - set(names(folder)):
            os.remove(os.path.join(target, name))
        for name in [n for n in names(target) if rows(n) and over(target, n)][:-KEEP]:
            os.remove(os.path.join(target, name))
    for place in names(data):
        for run in [r for r in names(os.path.join(data, place)) if r.startswith("run=")]:
            files = names(os.path.join(data, place, run))
            for name in [n for n in files if n != MANIFEST] + [n for n in files if n == MANIFEST]:
                copy(os.path.join(data, place, run, name), os.path.join(kept, place, run, name))
        runs = [r for r in names(os.path.join(kept, place)) if os.path.exists(os.path.join(kept, place, r, MANIFEST))]
        for run in runs[:-KEEP]:
            os.remove(os.path.join(kept, place, run, MANIFEST))
            shutil.rmtree(os.path.join(kept, place, run))
sys.exit(status)
`

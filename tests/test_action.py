"""The GitHub Action and the container: their shape, and the Action's own script, run here."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import click
import pytest
import yaml

from test_packaging import checkout

ROOT = checkout()
pytestmark = pytest.mark.skipif(ROOT is None, reason="action.yml is in the checkout only")
HERE = ROOT or Path()
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")  # as GitHub runs `shell: bash`
HONEST = f"{sys.executable} conformance/clients/python"


@pytest.fixture(name="action", scope="module")
def read_action():
    return yaml.safe_load((HERE / "action.yml").read_text(encoding="utf-8"))


@pytest.fixture(name="steps")
def get_steps(action):
    return {each["name"]: each for each in action["runs"]["steps"]}


def used(value, kind):
    """What an expression of GitHub's refers to: inputs.x, steps.x.outputs.y."""
    text = json.dumps(value)
    expressions = re.findall(r"\$\{\{(.*?)\}\}", text)
    return {found for each in expressions for found in re.findall(rf"\b{kind}\.([\w.-]+)", each)}


# Its shape, by https://docs.github.com/actions/reference/metadata-syntax-for-github-actions.


def test_it_has_the_keys_that_github_reads_and_no_others(action):
    assert set(action) <= {"name", "author", "description", "branding", "inputs", "outputs", "runs"}
    assert {"name", "description", "runs"} <= set(action)
    assert set(action["runs"]) == {"using", "steps"}
    assert action["runs"]["using"] == "composite"
    for each in action["inputs"].values():
        assert set(each) <= {"description", "required", "default", "deprecationMessage"}
        assert each["description"]
        assert isinstance(each.get("default", ""), str)
        assert each.get("required", False) != ("default" in each)
    for each in action["outputs"].values():
        assert set(each) == {"description", "value"}


def test_every_step_is_an_action_or_a_script_with_a_shell(action):
    for each in action["runs"]["steps"]:
        assert ("uses" in each) != ("run" in each), each["name"]
        assert set(each) <= {
            "name", "id", "if", "uses", "with", "run", "shell", "env", "working-directory",
        }  # fmt: skip
        if "run" in each:
            assert each["shell"] == "bash"
        else:
            assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", each["uses"])


def test_every_input_is_there_and_is_used(action):
    assert used(action["runs"], "inputs") == set(action["inputs"])


def test_every_output_of_a_step_is_written_by_it(action):
    steps = {each["id"]: each for each in action["runs"]["steps"] if "id" in each}
    told = used([action["outputs"], action["runs"]], "steps")
    assert told
    for each in told:
        id_, outputs, name = each.split(".", 2)
        assert outputs == "outputs"
        if "run" in steps[id_]:
            assert f'echo "{name}=' in steps[id_]["run"]
        else:
            assert (steps[id_]["uses"], name) == ("actions/setup-python@v5", "python-path")


def test_no_input_is_put_into_a_script(action):
    """It would be run by the shell: whoever opens a pull request could write anything there."""
    for each in action["runs"]["steps"]:
        assert "${{" not in each.get("run", "")
        for name in re.findall(r"\$\{?([A-Z_]+)", each.get("run", "")):
            known = {"PWD", "RUNNER_TEMP", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"}
            assert name in {*known, *each.get("env", {})}, f"{each['name']}: {name}"


def test_the_report_is_kept_and_the_exit_code_told_whatever_happened(steps):
    assert steps["Keep the report"]["if"].startswith("${{ always() ")
    assert steps["Say how it went"]["if"] == "${{ always() }}"
    assert list(steps)[-2:] == ["Keep the report", "Say how it went"]


# Its script.


@pytest.fixture(name="conform")
def make_conform(steps, tmp_path):
    """Runs the script with these inputs: its outputs, its summary, and the finished process."""
    step = steps["Judge the client"]
    temp, home = tmp_path / "temp", tmp_path / "home"
    program = temp / "mockdde" / "bin"
    program.mkdir(parents=True)
    home.mkdir()

    def install(command):
        for name, line in (("python", sys.executable), ("mockdde", command)):
            (program / name).write_text(f'#!/bin/sh\nexec {line} "$@"\n', encoding="utf-8")
            (program / name).chmod(stat.S_IRWXU)

    def run(command=f"{sys.executable} -m mockdde", cwd=home, **inputs):
        install(command)
        given = {
            "client": "", "args": "", "dialect": "both", "lane": "", "wire-speed": "1",
            "baseline": "", "report": "mockdde-report", **inputs,
        }  # fmt: skip
        env = {
            name: given[re.findall(r"inputs\.([\w-]+)", value)[0]]
            for name, value in step["env"].items()
        }
        told, summary = tmp_path / "output", tmp_path / "summary"
        told.write_text("", encoding="utf-8")
        summary.write_text("before\n", encoding="utf-8")
        files = {"GITHUB_OUTPUT": told, "GITHUB_STEP_SUMMARY": summary, "RUNNER_TEMP": temp}
        script = tmp_path / "script.sh"
        script.write_text(step["run"], encoding="utf-8")
        done = subprocess.run(
            [*BASH, str(script)],
            cwd=cwd,
            env={**os.environ, **{name: str(file) for name, file in files.items()}, **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        outputs = dict(line.split("=", 1) for line in told.read_text("utf-8").splitlines())
        return outputs, summary.read_text("utf-8"), done

    run.home = home
    return run


def test_a_good_client_is_judged_and_its_report_is_where_it_is_said(conform, tmp_path):
    report = tmp_path / "somewhere" / "else"
    report.parent.mkdir()
    outputs, summary, done = conform(
        cwd=HERE,
        client=HONEST,
        args="--case dde/delivery/close-1011 --jobs 1",
        dialect="dde",
        **{"wire-speed": "20", "report": str(report)},
    )
    assert outputs["exit-code"] == "0", done.stdout
    assert outputs["verdict"].startswith("CONFORMANT")
    assert outputs["report"] == str(report)
    assert json.loads((report / "report.json").read_bytes())["verdict"] == outputs["verdict"]
    assert summary.startswith("before\n")
    assert "CONFORMANT" in summary


def test_a_bad_client_has_its_exit_code_kept_for_the_end(conform, steps):
    outputs, summary, _ = conform(
        client="sh -c 'exit 3'",
        args="--case dde/delivery/close-1011",
        lane="wire",
        **{"wire-speed": "20"},
    )
    assert outputs == {
        "exit-code": "1",
        "verdict": "NONCONFORMANT",
        "report": str(conform.home / "mockdde-report"),
    }
    assert "### What is wrong" in summary
    last = subprocess.run(
        [*BASH, "-c", steps["Say how it went"]["run"]],
        env={**os.environ, "CODE": outputs["exit-code"]},
        check=False,
    )
    assert last.returncode == 1


def test_where_nothing_was_run_there_is_neither_a_verdict_nor_a_report(conform):
    outputs, summary, _ = conform(client="x", lane="no-such-lane")
    assert outputs == {"exit-code": "64", "verdict": "", "report": ""}
    assert summary == "before\n"


def test_each_input_becomes_words_of_the_command_as_it_is(conform):
    """Blanks, quotes and dollars, too; and nothing that is not asked for is said."""
    client = "node 'my app.js' --x $(touch ran) `touch ran` ; touch ran"
    _, _, done = conform(
        "printf '<%s>'", client=client, args="--tag 'two words' --jobs 2", baseline="a b.yml"
    )
    assert done.stdout == (
        f"<conform><--client><{client}><--dialect><both><--wire-speed><1><--report>"
        "<mockdde-report><--baseline><a b.yml><--tag><two words><--jobs><2>"
    )
    assert not (conform.home / "ran").exists()
    _, _, done = conform("printf '<%s>'", client="x")
    assert done.stdout == (
        "<conform><--client><x><--dialect><both><--wire-speed><1><--report><mockdde-report>"
    )


def test_its_inputs_have_the_choices_and_defaults_of_the_command(action):
    from mockdde.cli import main  # noqa: PLC0415

    command = main.get_command(click.Context(main), "conform")
    assert command is not None
    options = {each.opts[0]: each for each in command.params}
    for name in ("client", "dialect", "lane", "wire-speed", "baseline", "report"):
        assert f"--{name}" in options
    assert action["inputs"]["dialect"]["default"] == options["--dialect"].default


# The container. There is no engine here to build it with, so all that it copies is built instead.


def instructions():
    text = (HERE / "Dockerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", " ", text)
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(None, 1)) for line in lines]


def copied():
    """Sources from the build context, with where they go."""
    for word, rest in instructions():
        parts = rest.split()
        if word == "COPY" and not parts[0].startswith("--from"):
            yield from ((each, parts[-1]) for each in parts[:-1])


def test_the_image_has_known_instructions_and_is_not_roots():
    words = [word for word, _ in instructions()]
    assert set(words) <= {
        "FROM",
        "WORKDIR",
        "COPY",
        "RUN",
        "ENV",
        "USER",
        "EXPOSE",
        "ENTRYPOINT",
        "CMD",
    }
    bases = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert set(bases) == {"python:3.12-slim"}
    last = len(words) - 1 - words[::-1].index("FROM")
    final = instructions()[last:]
    (user,) = [rest for word, rest in final if word == "USER"]
    assert user not in ("root", "0")
    made = [rest for word, rest in final if word == "RUN"]
    assert any("useradd" in each and each.endswith(user) for each in made)
    order = [word for word, _ in final]
    assert order.index("USER") < order.index("ENTRYPOINT")
    project = tomllib.loads((HERE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (entry,) = [json.loads(rest) for word, rest in final if word == "ENTRYPOINT"]
    assert entry == [*project["scripts"]]


def test_what_it_copies_is_there_and_is_not_ignored():
    ignore = (HERE / ".dockerignore").read_text(encoding="utf-8").split("\n")
    rules = [each for each in ignore if each and not each.startswith("#")]
    assert rules[0] == "*"
    sources = [each for each, _ in copied()]
    assert sources
    for each in sources:
        assert (HERE / each).exists(), each
        ignored = False
        for rule in rules:
            if fnmatch.fnmatch(each, rule.removeprefix("!")):
                ignored = not rule.startswith("!")
        assert not ignored, each
    assert {each.removeprefix("!") for each in rules if each.startswith("!")} == set(sources)


def test_what_it_copies_is_all_that_a_wheel_is_made_of(tmp_path):
    context, out = tmp_path / "src", tmp_path / "out"
    context.mkdir()
    for source, target in copied():
        if (HERE / source).is_dir():
            ignore = shutil.ignore_patterns("__pycache__", "node_modules")
            shutil.copytree(HERE / source, context / target, ignore=ignore)
        else:
            shutil.copy(HERE / source, context)
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(out)]
    done = subprocess.run([*command, str(context)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = out.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        listed = archive.namelist()
    for name in ("schemas/kit/report", "scenarios/", "conformance/requirements/"):
        assert any(each.startswith(f"mockdde/_data/{name}") for each in listed), name
    assert "mockdde/kit/report/page/page.html" in listed

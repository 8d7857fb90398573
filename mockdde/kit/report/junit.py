"""The report as JUnit XML: a suite for each family, a test for each requirement in each case.

JUnit has no warnings: a SHOULD that is broken passes, with what is wrong as its output. What was
not tested is skipped where that does not count, and an error where it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as ET

from mockdde.kit.report.summary import counted, family_of
from mockdde.kit.report.words import clean, told

__all__ = ["junit"]

_Pair = tuple[Mapping[str, Any], Mapping[str, Any]]  # a case and a check of it


def junit(report: Mapping[str, Any]) -> bytes:
    """All checks, by family; cases that have none are tests of the suite ``cases``."""
    root = ET.Element("testsuites", name="mockdde", time=_seconds(report["run"]["seconds"]))
    checks = [(case, check) for case in report["cases"] for check in case["checks"]]
    for family in report["summary"]["families"]:
        own = [each for each in checks if family_of(each[1]["requirement"]) == family]
        if own:
            _suite(root, family, report, [_test(case, check) for case, check in own])
    whole = [_of_case(case) for case in report["cases"] if case["problem"] or case["doubts"]]
    whole += [*_of_baseline(report)]
    if whole:
        _suite(root, "cases", report, whole)
    ET.indent(root)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root) + b"\n"


def _suite(root: ET.Element, name: str, report: Mapping[str, Any], tests: list[ET.Element]) -> None:
    count = {kind: sum(t.find(kind) is not None for t in tests) for kind in _KINDS}
    suite = ET.SubElement(
        root,
        "testsuite",
        name=name,
        tests=str(len(tests)),
        failures=str(count["failure"]),
        errors=str(count["error"]),
        skipped=str(count["skipped"]),
        timestamp=report["run"]["started"],
        time=_seconds(sum(float(each.get("time", "0")) for each in tests)),
    )
    _properties(
        suite,
        {
            "client": report["client"]["name"],
            "verdict": report["verdict"],
            "lanes": ", ".join(report["run"]["lanes"]),
            "wire_speed": f"{report['run']['wire_speed']:g}",
        },
    )
    suite.extend(tests)


_KINDS = ("failure", "error", "skipped")


def _test(case: Mapping[str, Any], check: Mapping[str, Any]) -> ET.Element:
    share = case["seconds"] / len(case["checks"])
    test = ET.Element(
        "testcase", name=check["requirement"], classname=case["id"].replace("/", "."),
        time=_seconds(share),
    )  # fmt: skip
    more = {"severity": check["severity"], "seed": str(case["seed"]), "repro": case["repro"]}
    _properties(test, more)
    level, message = counted(check), clean(told(check))
    expectation = check.get("expectation", "")
    if expectation in ("XFAIL", "FLAKY") and check["level"] != "PASS":
        reason = f"{expectation}: {clean(check['reason'])}: {message}"
        ET.SubElement(test, "skipped", message=reason)
    elif level == "FAIL":
        failure = ET.SubElement(test, "failure", type=check["severity"], message=message)
        failure.text = _details(check)
    elif level in ("INCONCLUSIVE", "ERROR") or (level, check["severity"]) == ("UNTESTABLE", "MUST"):
        ET.SubElement(test, "error", type=level, message=message).text = _details(check)
    elif level in ("SKIP", "UNTESTABLE"):
        ET.SubElement(test, "skipped", message=f"{level}: {message}")
    elif level in ("WARN", "INFO"):
        ET.SubElement(test, "system-out").text = f"{level}: {message}\n{_details(check)}"
    return test


def _of_case(case: Mapping[str, Any]) -> ET.Element:
    test = ET.Element("testcase", name=case["id"], classname="cases", time="0")
    message = clean(case["problem"] or "; ".join(case["doubts"]))
    kind = {"SKIP": "skipped", "FAIL": "failure"}.get(case["level"], "error")
    ET.SubElement(test, kind, type=case["level"], message=message)
    if kind == "skipped":
        test[-1].attrib.pop("type")
    return test


def _of_baseline(report: Mapping[str, Any]) -> Iterator[ET.Element]:
    """Entries that have expired: no check is theirs."""
    for each in report["baseline"]["entries"] if report["baseline"] else ():
        if each["state"] == "expired":
            test = ET.Element("testcase", name=clean(each["at"]), classname="baseline", time="0")
            message = f"this entry has expired on {each['expires']}: {clean(each['reason'])}"
            ET.SubElement(test, "failure", type="expired", message=message)
            yield test


def _details(check: Mapping[str, Any]) -> str:
    """All that is known of a check that is not met."""
    clause = check.get("clause")
    said = [check.get("title", "")]
    if clause:
        said.append(f"{check['basis']}, {clause['page']}: {clause['words']}")
    for each in check.get("findings", ()):
        said += [
            "",
            f"at       {each['where']}",
            f"expected {each['expected']}",
            f"seen     {each['seen']}",
            *([f"evidence {each['evidence']}"] if each["evidence"] else []),
        ]
    if check.get("more"):
        said += ["", f"and {check['more']} more"]
    if check.get("repro"):
        said += ["", f"again    {check['repro']}"]
    return clean("\n".join(said))


def _properties(of: ET.Element, values: Mapping[str, str]) -> None:
    properties = ET.SubElement(of, "properties")
    for name, value in values.items():
        ET.SubElement(properties, "property", name=name, value=clean(value))


def _seconds(value: float) -> str:
    return f"{value:.3f}"

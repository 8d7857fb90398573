// Judges evidence by the requirements with Ajv instead of Python's jsonschema.
//
//   MOCKDDE_NODE_MODULES=… node judge.mjs REQUIREMENTS EVIDENCE...
//
// prints a line "FILE REQUIREMENT LEVEL" for each that applies, with both lanes asked for. Ajv is
// looked for in the folder that MOCKDDE_NODE_MODULES names, which has node_modules in it.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

const require = createRequire(join(process.env.MOCKDDE_NODE_MODULES ?? process.cwd(), "any.js"));
const Ajv = require("ajv/dist/2020").default;

const SUFFIX = ".schema.json";
const UNSUPPORTED = 89;
const BROKEN = { MUST: "FAIL", SHOULD: "WARN", MAY: "INFO" };

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

function requirements(folder) {
  // Formats are annotations in this draft. Whether a schema is legal is Python's to check.
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, meta: false });
  const compile = (schema) => ajv.compile(schema);
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => {
      const schema = read(join(folder, name));
      const id = relative(folder, join(folder, name)).replaceAll("\\", "/").slice(0, -SUFFIX.length);
      const only = { $defs: schema.$defs, $ref: "#/$defs/applies" };
      const applies = schema.$defs?.applies === undefined ? () => true : compile(only);
      return { id, schema, applies, meets: compile(schema) };
    })
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

function judged({ schema, meets }, evidence) {
  const { state, kit } = evidence;
  if (schema["x-lane"] === "state" && state === null) return "UNTESTABLE";
  const covered = new Set(state?.covered ?? []);
  if ((schema["x-needs"] ?? []).some((each) => !covered.has(each))) return "UNTESTABLE";
  if (meets(evidence)) return "PASS";
  if (schema["x-timing"] !== false && kit.lag.max > kit.lag.budget) return "INCONCLUSIVE";
  return BROKEN[schema["x-severity"]];
}

function level(requirement, evidence) {
  const tried = evidence.case.requirements.includes(requirement.id);
  if (!requirement.schema["x-dialects"].includes(evidence.case.dialect)) return null;
  if (evidence.client.code === UNSUPPORTED) {
    return tried ? (evidence.client.probe === "ran" ? "UNTESTABLE" : "SKIP") : null;
  }
  if (evidence.case.asks && evidence.conduct.requests.length === 0) return tried ? "SKIP" : null;
  if (requirement.applies(evidence)) return judged(requirement, evidence);
  return tried ? "INCONCLUSIVE" : null;
}

const [folder, ...files] = process.argv.slice(2);
const known = requirements(folder);
for (const file of files) {
  const evidence = read(file);
  for (const each of known) {
    const found = level(each, evidence);
    if (found !== null) console.log(`${file} ${each.id} ${found}`);
  }
}

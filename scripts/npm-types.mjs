// Prints the types of every Question and Answer, from schema/contract.json, for the npm package.
import { readFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";

const schema = JSON.parse(readFileSync("schema/contract.json", "utf8"));
const NUMBERS = new Set(["#/$defs/Quantity", "#/$defs/Number", "#/$defs/Cell"]);
/** Arrays whose numbers may come as they lie in memory. */
const TYPED = "Float64Array | Float32Array";

/**
 * The schema as the compiler reads it best; `tsType` is what it takes for a type as it stands. Columns of a Question may be
 * typed arrays. What is only described may be anything, and what is described beside a name is still of that name.
 */
function readable(value, asked) {
  if (Array.isArray(value)) return value.map((part) => readable(part, asked));
  if (value === null || typeof value !== "object") return value;
  const { $ref, description, items } = value;
  if ($ref) return { description, tsType: $ref.replace("#/$defs/", "") };
  if (Object.keys(value).every((key) => key === "description" || key === "default")) return { description, tsType: "unknown" };
  const hasNumbers = items === true || NUMBERS.has(items?.$ref) || items?.type === "number" || items?.type?.includes?.("number");
  const isColumn = value.type === "array" && hasNumbers;
  const inner = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, key === "default" ? part : readable(part, asked)]));
  if (inner.oneOf && inner.properties) {
    const { oneOf, ...shared } = inner;
    return { description, allOf: [shared, { oneOf }] };
  }
  if (!asked || !isColumn || value.maxItems) return inner;
  delete inner.description;
  return { description, anyOf: [inner, { tsType: TYPED }] };
}

const defs = Object.entries(schema.$defs).map(([name, def]) => [name, readable(def, !name.endsWith("Answer"))]);
/** The verbs of one side, each with its type. */
const verbs = (side) =>
  schema.$defs[side].oneOf.map(({ properties }) => {
    const [[verb, { $ref }]] = Object.entries(properties);
    return [verb, $ref?.replace("#/$defs/", "")];
  });

const { description } = schema;
// Definitions are written of an object alone.
const sides = { question: { tsType: "Question" }, answer: { tsType: "Answer" } };
const contract = { description, type: "object", properties: sides, required: Object.keys(sides), $defs: Object.fromEntries(defs) };
const types = await compile(contract, "Contract", {
  additionalProperties: false,
  bannerComment: "// Every Question and Answer. Generated from schema/contract.json.",
  unreachableDefinitions: true,
  format: true,
});
const answers = Object.fromEntries(verbs("Answer"));
const map = verbs("Question").map(([verb, question]) => `  ${verb}: { question: ${question}; answer: ${answers[verb] ?? "Answer"} };`);
// Where the compiler met a definition is of no interest.
const plain = types.replace(/ \* *\n \* This interface was referenced by `Contract`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g, "");
console.log(`${plain}\n/** What each verb takes, and what it comes to. */\nexport interface Verbs {\n${map.join("\n")}\n}`);

// Reads requests from standard input, one JSON object a line, and answers each with one. A request names a folder of generated files:
// the answer has the shape of their syntax trees and, if asked, what their validators make of values. Nothing else is printed.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import ts from "typescript5";
import "zod"; // It has globals of its own.

const printed = [];
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (text) => void printed.push(String(text));
  if (stream === process.stdout) process.answer = write;
}
const known = new Set(Reflect.ownKeys(globalThis));
const inherited = JSON.stringify(Reflect.ownKeys(Object.prototype).map(String));

const isName = (node) =>
  ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isComputedPropertyName(node);

const isKeyed = (node) =>
  ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression);

/** The kinds of nodes, with every way of writing a property's key the same, and without the parentheses around what spans lines. */
function shape(node) {
  if (ts.isParenthesizedExpression(node)) return shape(node.expression);
  if (ts.isPropertyAccessExpression(node) || isKeyed(node)) return `access(${shape(node.expression)})`;
  const children = [];
  const add = (child) => {
    const isKey = child === node.name && (ts.isObjectLiteralElement(node) || ts.isTypeElement(node));
    children.push(isKey && isName(child) ? "key" : shape(child));
  };
  ts.forEachChild(node, add);
  return `${node.kind}${children.length === 0 ? "" : `(${children.join(" ")})`}`;
}

/** The tags of documentation comments, and whether a comment has anything but text in it. */
function documented(node, found = []) {
  for (const doc of node.jsDoc ?? []) {
    for (const part of [doc, ...(doc.tags ?? [])]) {
      if (part.tagName) found.push(part.tagName.text);
      const inside = Array.isArray(part.comment) ? part.comment : [];
      if (inside.some((each) => each.kind !== ts.SyntaxKind.JSDocText)) found.push("not text");
    }
  }
  ts.forEachChild(node, (child) => void documented(child, found));
  return found;
}

function parse(path) {
  const source = readFileSync(path, "utf8");
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const [problem] = tree.parseDiagnostics;
  if (problem) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(problem.messageText, " ")}`);
  // Declarations come in the order of names, and members of lists of names too.
  return [tree.statements.map(shape).sort(), documented(tree).sort()];
}

async function validate(folder, values) {
  const index = await import(`${folder}/index.ts`);
  const answers = values.map(([name, text]) => {
    const validator = index[name];
    if (typeof validator === "function") return validator(JSON.parse(text)) ? text : null;
    const result = validator["~standard"].validate(JSON.parse(text));
    return result.issues ? null : JSON.stringify(result.value);
  });
  const added = Reflect.ownKeys(globalThis).filter((key) => !known.has(key));
  if (added.length > 0) throw new Error(`${folder} made ${added.map(String).join(", ")}`);
  if (JSON.stringify(Reflect.ownKeys(Object.prototype).map(String)) !== inherited) {
    throw new Error(`${folder} changed Object.prototype`);
  }
  return answers;
}

async function answer({ folder, files, values }) {
  try {
    const shapes = Object.fromEntries(files.map((file) => [file, parse(`${folder}/${file}`)]));
    const answers = values === null ? null : await validate(folder, values);
    if (printed.length > 0) throw new Error(`printed ${JSON.stringify(printed.splice(0))}`);
    return { shapes, answers };
  } catch (error) {
    return { error: String(error?.stack ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.answer(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}

// Reads jobs from standard input, [{source, flags, texts}], and writes for each a string of T and F, or the error.
import { readFileSync } from "node:fs";

const jobs = JSON.parse(readFileSync(0, "utf8"));
const verdicts = jobs.map(({ source, flags, texts }) => {
  try {
    const constructed = new RegExp(source, flags);
    const literal = (0, eval)(`/${source}/${flags}`);
    if (literal.source !== constructed.source) return `error: the literal reads ${literal.source}`;
    return texts.map((text) => (literal.test(text) ? "T" : "F")).join("");
  } catch (error) {
    return `error: ${error.message}`;
  }
});
process.stdout.write(JSON.stringify(verdicts));

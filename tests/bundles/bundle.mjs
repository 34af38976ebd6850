// Bundles the entries of a folder, each for itself, with a bundler: node bundle.mjs <bundler> <folder> <entry>...
import * as fs from "node:fs";
import * as path from "node:path";

const [bundler, folder, ...names] = process.argv.slice(2);
const entries = Object.fromEntries(
  names.map((name) => [name, path.join(folder, `${name}.ts`)]),
);
const out = path.join(folder, `out-${bundler}`);

async function esbuild() {
  const { build } = await import("esbuild");
  await build({
    entryPoints: entries,
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
  });
}

async function vite() {
  const { build } = await import("vite");
  for (const [name, input] of Object.entries(entries)) {
    const rollupOptions = { input, output: { entryFileNames: `${name}.js` } };
    const options = {
      outDir: out,
      emptyOutDir: false,
      modulePreload: false,
      rollupOptions,
    };
    await build({
      root: folder,
      configFile: false,
      logLevel: "error",
      build: options,
    });
  }
}

// Webpack and Rspack have one interface.
async function packed(make, rule) {
  const compiler = make({
    mode: "production",
    entry: entries,
    devtool: false,
    performance: false,
    experiments: { outputModule: true },
    output: { path: out, filename: "[name].js", module: true },
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
    module: { rules: [{ test: /\.ts$/, type: "javascript/auto", ...rule }] },
  });
  await new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error || stats.hasErrors())
        reject(error ?? new Error(stats.toString("errors-only")));
      else compiler.close(resolve);
    });
  });
}

async function webpack() {
  const { default: make } = await import("webpack");
  await packed(make, {
    loader: path.join(import.meta.dirname, "strip-types.cjs"),
  });
}

async function rspack() {
  const { rspack: make } = await import("@rspack/core");
  const jsc = { parser: { syntax: "typescript" }, target: "es2022" };
  await packed(make, { loader: "builtin:swc-loader", options: { jsc } });
}

await { esbuild, vite, webpack, rspack }[bundler]();
const texts = names.map((name) => [
  name,
  fs.readFileSync(path.join(out, `${name}.js`), "utf8"),
]);
console.log(JSON.stringify(Object.fromEntries(texts)));

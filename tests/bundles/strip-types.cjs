// TypeScript for webpack: its types go, its comments stay.
const { transform } = require("esbuild");

module.exports = function (source) {
  const done = this.async();
  transform(source, { loader: "ts", target: "es2022" }).then(
    ({ code }) => done(null, code),
    (error) => done(error),
  );
};

// Measures how long a fresh process takes to load the library and a template: `load.js LIBRARY TEMPLATE`.
const start = performance.now();
const [libraryFile, template] = process.argv.slice(2) as [string, string];
const { Traffic } = require(libraryFile);
Traffic.fromTemplates([template]);
console.log(performance.now() - start);

export {};

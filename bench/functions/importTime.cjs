// Prints how many milliseconds the import of a function takes as the first ES module of its process.
const { pathToFileURL } = require('node:url');

const url = pathToFileURL(process.argv[2]).href;
const start = performance.now();
import(url).then(
  () => console.log(performance.now() - start),
  (error) => {
    console.error(error.message);
    process.exit(1);
  },
);

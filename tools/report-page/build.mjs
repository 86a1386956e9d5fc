// Makes data/report/page.js: our sources, three.js and uPlot in one minified file.  npm ci && npm run build
// The first line names each source with its SHA-256; a test compares them, so that the file in the tree is never older than its sources.
import {build} from 'esbuild';
import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';

const hash = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const sources = readdirSync('src').sort().map((name) => `src/${name}`).concat('build.mjs', 'package-lock.json');
await build({
  entryPoints: ['src/main.js'],
  outfile: '../../data/report/page.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'inline',
  loader: {'.css': 'text'},
  banner: {js: `/* Foramen's report page. three.js and uPlot: see LICENSES.txt. Made by tools/report-page from ${sources.map((f) => `${f} ${hash(f)}`).join(', ')} */`},
});
const licence = (name) => `${name} ${JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version}\n\n${readFileSync(`node_modules/${name}/LICENSE`, 'utf8')}`;
writeFileSync('../../data/report/LICENSES.txt', ['three', 'uplot'].map(licence).join('\n---\n\n'));

// The table of key figures: before the pull, and at the end of the last pull with full force.

import {valueAt} from './numbers.js';

const wanted = ['Intradiscal pressure', 'Disc height', 'Water gained', 'Foraminal area, left', 'Free beside the ganglion, left', 'Facet force, both sides', 'Elongation'];
const slack = 1;  // [N]

function moments(charts, times) {
  const device = charts.find((c) => c.title.startsWith('Force of device'))?.curves.find((c) => c.label === 'device');
  if (!device) return [times[0], times[times.length - 1]];
  const most = device.values.reduce((a, b) => Math.max(a, b), -Infinity);
  let before = 0, pull = times.length - 1;
  while (before + 1 < times.length && device.values[before + 1] <= slack) ++before;
  while (pull > 0 && device.values[pull] < 0.99 * most) --pull;
  return [times[before], times[pull]];
}

export function figures(runs, level) {
  const several = runs.length > 1, rows = [], head = ['', 'unit'];
  const charts = runs[0].charts.filter((c) => wanted.includes(c.title));
  const labels = several ? [] : [...new Set(charts.flatMap((c) => c.curves.map((k) => k.label)))].filter((l) => /^[LS]\d-/.test(l));
  head.push(...(several ? runs.map((r) => r.run.title) : labels));
  for (const chart of charts) {
    const cells = [];
    const pairs = several ? runs.map((r) => [r, level]) : labels.map((l) => [runs[0], l]);
    for (const [r, label] of pairs) {
      const own = r.charts.find((c) => c.title === chart.title);
      const curve = own?.curves.find((c) => c.label === label) ?? (own?.curves.length === 1 ? own.curves[0] : undefined);
      const [before, pull] = moments(r.charts, r.times);
      cells.push(curve ? `${valueAt(r.times, curve.values, before).toFixed(chart.digits)} \u2192 ${valueAt(r.times, curve.values, pull).toFixed(chart.digits)}` : '');
    }
    if (!several && chart.curves.length === 1) cells.length = 1;  // of the whole spine: one cell over all levels
    rows.push([chart.title, chart.units.replace(/2$/, '\u00b2').replace(/3$/, '\u00b3'), ...cells]);
  }
  const table = document.createElement('table');
  const fill = (row, texts, tag) => texts.forEach((text) => { const cell = document.createElement(tag); cell.textContent = text; row.appendChild(cell); });
  fill(table.createTHead().insertRow(), head, 'th');
  const body = table.createTBody();
  for (const row of rows) {
    fill(body.insertRow(), row, 'td');
    if (row.length < head.length) body.lastChild.lastChild.colSpan = head.length - row.length + 1;
  }
  return table;
}

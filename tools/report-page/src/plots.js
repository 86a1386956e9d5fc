// Curves over time: uPlot, zoomed by dragging, one cursor for all, a line at the time of the spine.

import uPlot from 'uplot';
import {lines} from './colours.js';

const printed = (units) => units.replace(/2$/, '\u00b2').replace(/3$/, '\u00b3');

/** The curves of one chart over all runs: of several runs the chosen level alone, a colour a run. */
function curvesOf(chart, runs, level) {
  if (runs.length === 1) return chart.runs[0].curves.map((c, k) => ({...c, run: 0, colour: lines[k % lines.length], dash: []}));
  const levelled = chart.runs.some((r) => r && r.curves.some((c) => c.label === level));
  return chart.runs.flatMap((r, k) => (r ? r.curves : []).filter((c) => !levelled || c.label === level).map((c, n) => ({
    ...c, run: k, label: levelled ? runs[k].run.title : `${runs[k].run.title}: ${c.label}`, colour: lines[k % lines.length], dash: levelled ? [] : [[], [6, 4], [2, 3], [10, 3, 2, 3]][n % 4],
  })));
}

export class Plots {
  constructor(holder, charts, runs, seek) {
    this.holder = holder;
    this.charts = charts;
    this.runs = runs;
    this.seek = seek;
    this.time = 0;
    this.plots = [];
    new ResizeObserver(() => this.resize()).observe(holder);
  }

  width() {
    const cell = this.holder.querySelector('.plot');
    return Math.max(220, cell ? cell.clientWidth : this.holder.clientWidth);
  }

  draw(group, level) {
    for (const plot of this.plots) plot.destroy();
    this.holder.replaceChildren();
    const shown = this.charts.filter((c) => group === 'all' || c.group === group);
    const cells = shown.map(() => {
      const cell = document.createElement('div');
      cell.className = 'plot';
      this.holder.appendChild(cell);
      return cell;
    });
    this.plots = shown.map((chart, k) => this.plot(chart, curvesOf(chart, this.runs, level), cells[k]));
  }

  plot(chart, curves, cell) {
    const tables = this.runs.map(({minutes}, k) => [minutes, ...curves.filter((c) => c.run === k).map((c) => c.values)]);
    const ordered = this.runs.flatMap((_, k) => curves.filter((c) => c.run === k));
    const data = tables.length === 1 ? tables[0] : uPlot.join(tables.filter((t) => t.length > 1));
    const digits = chart.digits;
    const options = {
      title: `${chart.title} [${printed(chart.units)}]`,
      width: this.width(), height: 240,
      cursor: {sync: {key: 'session'}, drag: {x: true, y: false}},
      scales: {x: {time: false}, y: {range: (u, low, high) => this.range(chart, low, high)}},
      axes: [{label: 'min', labelSize: 18, size: 34}, {size: 54}],
      series: [{label: 'min', value: (u, v) => (v == null ? '' : v.toFixed(2))}, ...ordered.map((c) => ({
        label: c.label, stroke: c.colour, width: 1.8, dash: c.dash, spanGaps: true, points: {show: false}, value: (u, v) => (v == null ? '' : v.toFixed(digits)),
      }))],
      hooks: {drawClear: [(u) => this.drawRange(u, chart)], draw: [(u) => this.drawTime(u)]},
    };
    const plot = new uPlot(options, data, cell);
    plot.over.addEventListener('click', () => this.seek(60 * plot.posToVal(plot.cursor.left, 'x')));
    if (chart.published) {
      const note = document.createElement('p');
      note.className = 'published';
      note.textContent = `grey band: ${chart.published.what}, ${chart.published.low} to ${chart.published.high} ${printed(chart.units)} (${chart.published.source})`;
      cell.appendChild(note);
    }
    return plot;
  }

  range(chart, low, high) {
    if (low == null) return [0, 1];
    if (chart.published) [low, high] = [Math.min(low, chart.published.low), Math.max(high, chart.published.high)];
    const air = Math.max(0.06 * (high - low), 1e-6 * (1 + Math.abs(high)));
    return [low - air, high + air];
  }

  drawRange(u, chart) {
    if (!chart.published) return;
    const top = u.valToPos(chart.published.high, 'y', true), bottom = u.valToPos(chart.published.low, 'y', true);
    u.ctx.fillStyle = 'rgba(120, 124, 130, 0.20)';
    u.ctx.fillRect(u.bbox.left, top, u.bbox.width, bottom - top);
  }

  drawTime(u) {
    const x = u.valToPos(this.time / 60, 'x', true);
    if (x < u.bbox.left || x > u.bbox.left + u.bbox.width) return;
    u.ctx.strokeStyle = '#20242a';
    u.ctx.setLineDash([]);
    u.ctx.lineWidth = 1.2 * devicePixelRatio;
    u.ctx.beginPath();
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
  }

  mark(time) {
    this.time = time;
    for (const plot of this.plots) plot.redraw(false, false);
  }

  resize() {
    const width = this.width();
    for (const plot of this.plots) if (Math.abs(plot.width - width) > 1) plot.setSize({width, height: 240});
  }
}

// The page that foramen report writes: reads its numbers, then puts slider, spine, curves and figures together.

import uPlotCss from 'uplot/dist/uPlot.min.css';
import {gradient} from './colours.js';
import {figures} from './figures.js';
import {read, unpack} from './numbers.js';
import {Plots} from './plots.js';
import {View} from './view.js';

const element = (id) => document.getElementById(id);
const playTime = 24;  // [s] a session takes at single speed

async function readRuns() {
  const described = JSON.parse(element('runs').textContent);
  const blobs = document.querySelectorAll('script.numbers');
  return Promise.all(described.map(async (run, k) => {
    const bytes = await unpack(blobs[k].textContent);
    const times = read(bytes, run.times);
    const charts = run.charts.map((c) => ({...c, curves: c.curves.map((curve) => ({label: curve.label, values: read(bytes, curve.values)}))}));
    return {run, bytes, times, minutes: times.map((t) => t / 60), charts};
  }));
}

/** Charts of all runs by title, in the order of the first that has them. */
function together(runs) {
  const charts = new Map();
  runs.forEach((r, k) => r.charts.forEach((c) => {
    if (!charts.has(c.title)) charts.set(c.title, {...c, runs: []});
    charts.get(c.title).runs[k] = c;
  }));
  return [...charts.values()].map((c) => ({...c, runs: Array.from(runs, (_, k) => c.runs[k])})).filter((c) => runs.length > 1 || c.runs[0]);
}

function startView(runs) {
  const moving = runs.filter((r) => r.run.frames.count > 0 && r.run.parts.length > 0);
  if (moving.length === 0) throw new Error('no moving spine in this result');
  return new View(element('spine'), moving);
}

function scales(view) {
  for (const [kind, name, digits, title] of [['pressure', 'viridis', 2, 'disc pressure [MPa]'], ['strain', 'cividis', 2, 'ligament strain']]) {
    const bar = document.createElement('div');
    bar.className = 'scale';
    const [low, high] = view.ranges[kind];
    bar.innerHTML = `<i style="background:${gradient(name)}"></i><span>${low.toFixed(digits)}</span><b>${title}</b><span>${high.toFixed(digits)}</span>`;
    element('scales').appendChild(bar);
  }
}

class Page {
  constructor(runs) {
    this.runs = runs;
    this.end = Math.max(...runs.map((r) => r.times[r.times.length - 1]));
    this.plots = new Plots(element('plots'), together(runs), runs, (time) => this.seek(time));
    this.playing = false;
    this.slider = element('time');
    this.slider.max = this.end;
    this.slider.step = this.end / 2000;
    this.slider.addEventListener('input', () => { this.play(false); this.seek(Number(this.slider.value)); });
    element('play').addEventListener('click', () => this.play(!this.playing));
    for (const id of ['group', 'level']) element(id).addEventListener('change', () => this.redraw());
    element('level-choice').hidden = runs.length === 1;
    try {
      this.view = startView(runs);
      scales(this.view);
      document.querySelectorAll('#parts input').forEach((box) => box.addEventListener('change', () => this.show()));
      document.querySelectorAll('button[data-from]').forEach((b) => b.addEventListener('click', () => this.view.aim(b.dataset.from)));
      element('cut').addEventListener('change', () => { this.show(); if (element('cut').checked) this.view.aim('right'); });
      this.show();
    } catch (error) {
      element('spine').textContent = `The spine cannot be shown: ${error.message}. Curves and figures below need no graphics.`;
    }
    this.redraw();
    const wanted = /t=([0-9.]+)/.exec(location.hash);
    this.seek(wanted ? 60 * Number(wanted[1]) : 0);
  }

  show() {
    const groups = new Set([...document.querySelectorAll('#parts input:checked')].map((box) => box.value));
    this.view.show(groups, element('cut').checked);
  }

  redraw() {
    this.plots.draw(element('group').value, element('level').value);
    element('figures').replaceChildren(figures(this.runs, element('level').value));
    this.plots.mark(this.time ?? 0);
  }

  seek(time) {
    this.time = Math.min(Math.max(time, 0), this.end);
    this.slider.value = this.time;
    element('clock').textContent = `${(this.time / 60).toFixed(2)} min`;
    this.view?.move(this.time);
    this.plots.mark(this.time);
  }

  play(on) {
    this.playing = on;
    element('play').textContent = on ? 'Pause' : 'Play';
    let last = performance.now();
    const step = (now) => {
      if (!this.playing) return;
      const speed = Number(element('speed').value);
      this.seek(this.time >= this.end ? 0 : this.time + (now - last) / 1000 * speed * this.end / playTime);
      last = now;
      requestAnimationFrame(step);
    };
    if (on) requestAnimationFrame(step);
  }
}

const style = document.createElement('style');
style.textContent = uPlotCss;
document.head.appendChild(style);
readRuns().then((runs) => {
  window.foramen = new Page(runs);
  document.body.dataset.ready = 'yes';
}).catch((error) => {
  document.body.dataset.ready = 'no';
  element('spine').textContent = `This page cannot read its numbers: ${error.message}. It needs a browser of 2023 or later.`;
  throw error;
});

// The canvas: one or several spines side by side under one camera, names of the vertebrae over them.

import {AmbientLight, Box3, DirectionalLight, PerspectiveCamera, Scene, Vector3, WebGLRenderer} from 'three';
import {OrbitControls} from 'three/addons/controls/OrbitControls.js';
import {Spine} from './spine.js';

function percentiles(values) {
  if (!values.length) return [0, 1];
  const sorted = Float32Array.from(values).sort();
  return [sorted[Math.floor(0.005 * (sorted.length - 1))], sorted[Math.ceil(0.995 * (sorted.length - 1))]];
}

export class View {
  constructor(holder, runs) {
    this.holder = holder;
    this.renderer = new WebGLRenderer({antialias: true, preserveDrawingBuffer: true});
    this.renderer.localClippingEnabled = true;
    this.renderer.setClearColor(0xffffff);
    this.renderer.setScissorTest(true);
    holder.appendChild(this.renderer.domElement);
    this.spines = runs.map(({run, bytes}) => new Spine(run, bytes));
    this.scenes = this.spines.map((spine) => {
      const scene = new Scene();
      scene.add(spine.object, new AmbientLight(0xffffff, 1.5));
      return scene;
    });
    this.light = new DirectionalLight(0xffffff, 2.2);
    this.camera = new PerspectiveCamera(22, 1, 50, 6000);
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, this.renderer.domElement);
    this.controls.addEventListener('change', () => this.draw());
    this.ranges = {
      pressure: percentiles(this.spines.flatMap((s) => s.values('pressure'))),
      strain: percentiles(this.spines.flatMap((s) => s.values('strain'))),
    };
    this.ranges.strain[0] = Math.max(0, this.ranges.strain[0]);
    this.labels = this.scenes.map(() => ['L1', 'L2', 'L3', 'L4', 'L5', 'S1'].map((name) => this.label(name)));
    if (runs.length > 1) runs.forEach(({run}, k) => {
      const title = this.label(run.title);
      title.classList.add('run');
      title.style.left = `calc(${100 * k / runs.length}% + 6px)`;
      title.style.maxWidth = `calc(${100 / runs.length}% - 18px)`;
    });
    this.box = new Box3();
    this.move(this.spines[0].times[0]);
    for (const spine of this.spines) {
      spine.object.updateMatrixWorld(true);
      for (const part of spine.parts) if (part.group !== 'muscles') this.box.expandByObject(part.object);  // muscles reach far beyond
    }
    this.aim('oblique');
    new ResizeObserver(() => this.draw()).observe(holder);
  }

  label(name) {
    const element = document.createElement('span');
    element.className = 'label';
    element.textContent = name;
    this.holder.appendChild(element);
    return element;
  }

  /** Looks from the right (at a cut), the front, behind, or behind and the left. */
  aim(from) {
    const towards = {right: [0, -1, 0], left: [0, 1, 0], front: [1, 0, 0], behind: [-1, 0, 0], oblique: [-0.68, 0.68, 0.28]}[from];
    const middle = this.box.getCenter(new Vector3()), size = this.box.getSize(new Vector3());
    const width = Math.max(1, this.holder.clientWidth / this.spines.length), aspect = width / Math.max(1, this.holder.clientHeight);
    const half = 0.53 * Math.max(size.z, 0.85 * Math.hypot(size.x, size.y) / aspect);
    const distance = half / Math.tan(Math.PI * this.camera.fov / 360);
    this.controls.target.copy(middle);
    this.camera.position.copy(middle).addScaledVector(new Vector3(...towards).normalize(), distance);
    this.controls.update();
    this.draw();
  }

  move(time) {
    for (const spine of this.spines) spine.move(time, this.ranges);
    this.draw();
  }

  show(groups, cut) {
    for (const spine of this.spines) spine.show(groups, cut);
    this.named = groups.has('names');
    this.draw();
  }

  draw() {
    const width = this.holder.clientWidth, height = this.holder.clientHeight, n = this.spines.length;
    if (!width || !height) return;
    this.renderer.setPixelRatio(Math.min(2, window.devicePixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / n / height;
    this.camera.updateProjectionMatrix();
    this.camera.updateMatrixWorld();
    this.light.position.copy(this.camera.position).add(new Vector3(60, 40, 220));
    this.light.target.position.copy(this.controls.target);
    this.scenes.forEach((scene, k) => {
      scene.add(this.light, this.light.target);
      this.renderer.setViewport(k * width / n, 0, width / n, height);
      this.renderer.setScissor(k * width / n, 0, width / n, height);
      this.renderer.render(scene, this.camera);
      this.placeLabels(k, width / n, height);
    });
  }

  /** Between two discs; the outer two as far beyond as their neighbour. */
  placeLabels(k, width, height) {
    const discs = this.spines[k].discMiddles().map((d) => d.middle);
    this.labels[k].forEach((element, v) => {
      element.hidden = !this.named || discs.length !== 5;
      if (element.hidden) return;
      const at = v === 0 ? discs[0].clone().lerp(discs[1], -0.5) : v === 5 ? discs[4].clone().lerp(discs[3], -0.4) : discs[v - 1].clone().lerp(discs[v], 0.5);
      at.project(this.camera);
      element.style.left = `${k * width + 0.5 * (at.x + 1) * width}px`;
      element.style.top = `${0.5 * (1 - at.y) * height}px`;
    });
  }

  /** Changes when the meshes move. */
  fingerprint() {
    return this.spines.flatMap((s) => s.discMiddles()).reduce((sum, d, k) => sum + (k + 1) * (d.middle.x + 2 * d.middle.z), 0);
  }
}

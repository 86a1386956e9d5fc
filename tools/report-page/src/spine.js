// One run's spine in three dimensions: meshes from the parts (io/report/spine_parts.hpp), moved to a time.

import {
  BackSide, BufferAttribute, BufferGeometry, Color, CylinderGeometry, DoubleSide, FrontSide, Group, InstancedMesh, Matrix4, Mesh, MeshBasicMaterial,
  MeshLambertMaterial, Plane, Quaternion, Vector3,
} from 'three';
import {between, place, read, readFrames} from './numbers.js';
import {pressureTable, strainTable} from './colours.js';

const plain = {vertebrae: 0xe9dcc0, facets: 0x9ec2db, foramina: 0xe69f00, nerves: 0xf0c93c, ligaments: 0x3f6ea8, muscles: 0xa85450};
const cutBone = 0xf1e6cd;
const sides = 10;  // of a nerve's tube
const strandRadius = 0.8;  // [mm]
const cutPlane = new Plane(new Vector3(0, 1, 0), 0), besideCut = new Plane(new Vector3(0, 1, 0), 1);  // the latter keeps strands in the middle whole

const up = new Vector3(0, 1, 0);

function geometry(points, triangles) {
  const g = new BufferGeometry();
  g.setAttribute('position', new BufferAttribute(points, 3));
  if (triangles) g.setIndex(new BufferAttribute(triangles, 1));
  return g;
}

function paint(colours, values, range, table) {
  const scale = 255 / Math.max(range[1] - range[0], 1e-12);
  for (let p = 0; p < values.length; ++p) {
    const k = 3 * Math.min(255, Math.max(0, Math.round((values[p] - range[0]) * scale)));
    for (let d = 0; d < 3; ++d) colours[3 * p + d] = table[k + d];
  }
}

class Rigid {
  constructor(part, bytes) {
    const points = readFrames(bytes, part.points)[0];
    const shape = geometry(points, read(bytes, part.triangles));
    shape.computeVertexNormals();
    this.motion = read(bytes, part.motion);
    const bone = part.group === 'vertebrae';
    const outside = new MeshLambertMaterial({color: plain[part.group] ?? 0xbbbbbb, side: bone ? FrontSide : DoubleSide});
    this.object = new Group();
    this.object.add(new Mesh(shape, outside));
    if (bone) this.object.add(new Mesh(shape, new MeshBasicMaterial({color: cutBone, side: BackSide})));  // looks like a filled cut
    this.object.matrixAutoUpdate = false;
  }
  move({i, j, share}) {
    const m = Array.from({length: 12}, (_, k) => this.motion[12 * i + k] + share * (this.motion[12 * j + k] - this.motion[12 * i + k]));
    this.object.matrix.set(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9], m[10], m[11], 0, 0, 0, 1);
    this.object.matrixWorldNeedsUpdate = true;
  }
}

class Surface {
  constructor(part, bytes) {
    this.points = readFrames(bytes, part.points);
    this.values = part.values ? readFrames(bytes, part.values) : null;
    this.shape = geometry(new Float32Array(this.points[0].length), read(bytes, part.triangles));
    const flat = part.group === 'sections' || part.group === 'foramina';
    const Material = flat ? MeshBasicMaterial : MeshLambertMaterial;
    const look = {side: DoubleSide, vertexColors: this.values !== null};
    if (!this.values) Object.assign(look, {color: plain[part.group] ?? 0xbbbbbb, transparent: part.group === 'foramina', opacity: part.group === 'foramina' ? 0.55 : 1});
    if (this.values) {
      this.now = new Float32Array(this.values[0].length);
      this.shape.setAttribute('color', new BufferAttribute(new Float32Array(3 * this.now.length), 3));
    }
    this.lit = !flat;
    this.object = new Mesh(this.shape, new Material(look));
    this.object.frustumCulled = false;
  }
  move(where, ranges) {
    const position = this.shape.attributes.position;
    between(this.points, where, position.array);
    position.needsUpdate = true;
    if (this.lit) this.shape.computeVertexNormals();
    if (!this.values) return;
    between(this.values, where, this.now);
    paint(this.shape.attributes.color.array, this.now, ranges.pressure, pressureTable);
    this.shape.attributes.color.needsUpdate = true;
  }
}

class Strands {
  constructor(part, bytes) {
    this.points = readFrames(bytes, part.points);
    this.values = part.values ? readFrames(bytes, part.values) : null;
    this.lines = read(bytes, part.lines);
    this.at = new Float32Array(this.points[0].length);
    const count = this.lines.length / 2;
    this.strain = new Float32Array(count);
    this.colours = new Float32Array(3 * count);
    this.object = new InstancedMesh(new CylinderGeometry(strandRadius, strandRadius, 1, 8), new MeshLambertMaterial({color: this.values ? 0xffffff : plain[part.group] ?? plain.ligaments}), count);
    this.object.frustumCulled = false;
  }
  move(where, ranges) {
    between(this.points, where, this.at);
    const a = new Vector3(), b = new Vector3(), turn = new Quaternion(), matrix = new Matrix4();
    for (let c = 0; c < this.lines.length / 2; ++c) {
      a.fromArray(this.at, 3 * this.lines[2 * c]);
      b.fromArray(this.at, 3 * this.lines[2 * c + 1]);
      const along = b.clone().sub(a), length = along.length();
      turn.setFromUnitVectors(up, along.multiplyScalar(1 / Math.max(length, 1e-9)));
      matrix.compose(a.add(b).multiplyScalar(0.5), turn, new Vector3(1, length, 1));
      this.object.setMatrixAt(c, matrix);
    }
    this.object.instanceMatrix.needsUpdate = true;
    if (!this.values) return;
    between(this.values, where, this.strain);
    paint(this.colours, this.strain, ranges.strain, strainTable);
    for (let c = 0; c < this.strain.length; ++c) this.object.setColorAt(c, new Color(this.colours[3 * c], this.colours[3 * c + 1], this.colours[3 * c + 2]));
    this.object.instanceColor.needsUpdate = true;
  }
}

class Nerve {
  constructor(part, bytes) {
    this.points = readFrames(bytes, part.points);
    this.radius = read(bytes, part.radius);
    this.at = new Float32Array(this.points[0].length);
    const rings = this.radius.length, triangles = [];
    for (let r = 0; r + 1 < rings; ++r) {
      for (let s = 0; s < sides; ++s) {
        const a = r * sides + s, b = r * sides + (s + 1) % sides;
        triangles.push(a, b, a + sides, b, b + sides, a + sides);
      }
    }
    this.shape = geometry(new Float32Array(3 * rings * sides), new Uint32Array(triangles));
    this.object = new Mesh(this.shape, new MeshLambertMaterial({color: plain.nerves, side: DoubleSide}));
    this.object.frustumCulled = false;
  }
  move(where) {
    between(this.points, where, this.at);
    const rings = this.radius.length, at = (r) => new Vector3().fromArray(this.at, 3 * Math.min(rings - 1, Math.max(0, r)));
    const out = this.shape.attributes.position.array;
    for (let r = 0; r < rings; ++r) {
      const along = at(r + 1).sub(at(r - 1)).normalize();
      const u = new Vector3(1, 0, 0).addScaledVector(along, -along.x).normalize(), v = along.clone().cross(u), middle = at(r);
      for (let s = 0; s < sides; ++s) {
        const angle = 2 * Math.PI * s / sides;
        middle.clone().addScaledVector(u, this.radius[r] * Math.cos(angle)).addScaledVector(v, this.radius[r] * Math.sin(angle)).toArray(out, 3 * (r * sides + s));
      }
    }
    this.shape.attributes.position.needsUpdate = true;
    this.shape.computeVertexNormals();
  }
}

const kinds = {rigid: Rigid, surface: Surface, strands: Strands, nerve: Nerve};

export class Spine {
  constructor(run, bytes) {
    this.times = read(bytes, run.frames);
    this.object = new Group();
    this.parts = run.parts.map((part) => Object.assign(new kinds[part.kind](part, bytes), {name: part.name, group: part.group}));
    for (const part of this.parts) this.object.add(part.object);
  }

  move(time, ranges) {
    const where = place(this.times, time);
    for (const part of this.parts) part.move(where, ranges);
  }

  /** What is seen: groups by name, and whether the right half is cut away. */
  show(groups, cut) {
    for (const part of this.parts) {
      const section = part.group === 'sections';
      part.object.visible = section ? cut && groups.has('discs') : groups.has(part.group);
      part.object.traverse((o) => {
        if (o.material) o.material.clippingPlanes = cut && !section ? [part instanceof Strands ? besideCut : cutPlane] : [];
      });
    }
  }

  /** Least and greatest value of pressure or strain over all frames, one in two hundred left out at each end. */
  values(kind) {
    const all = [];
    for (const part of this.parts) {
      if (!part.values || (part instanceof Strands) !== (kind === 'strain')) continue;
      for (const frame of part.values) for (let k = 0; k < frame.length; k += 7) all.push(frame[k]);
    }
    return all;
  }

  /** Middle of a disc's section now, for labels; and a number that changes when the mesh moves. */
  discMiddles() {
    return this.parts.filter((p) => p.group === 'sections').map((p) => {
      const a = p.shape.attributes.position.array, sum = new Vector3();
      for (let k = 0; k < a.length; k += 3) sum.add(new Vector3(a[k], a[k + 1], a[k + 2]));
      return {name: p.name, middle: sum.multiplyScalar(3 / a.length)};
    });
  }
}

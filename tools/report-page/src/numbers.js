// The numbers of a run: base64 of zlib, and pieces of JSON that say where an array lies (io/report/packed_data.hpp).

export async function unpack(base64) {
  const coded = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const stream = new Blob([coded]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).arrayBuffer();
}

/** An array of floats or whole numbers. */
export function read(bytes, where) {
  return where.type === 'u32' ? new Uint32Array(bytes, where.offset, where.count) : new Float32Array(bytes, where.offset, where.count);
}

/** Frames of 16-bit steps as one Float32Array a frame. */
export function readFrames(bytes, where) {
  const raw = new Uint8Array(bytes, where.offset, 2 * where.count * where.frames);
  const now = new Uint16Array(where.count);
  const frames = [];
  for (let f = 0; f < where.frames; ++f) {
    const low = 2 * where.count * f, high = low + where.count;
    const frame = new Float32Array(where.count);
    for (let i = 0; i < where.count; ++i) {
      now[i] += raw[low + i] | (raw[high + i] << 8);
      frame[i] = where.base + where.scale * now[i];
    }
    frames.push(frame);
  }
  return frames;
}

/** The frame before a time, and the share of the next: {i, j, share}. */
export function place(times, time) {
  if (!(time > times[0])) return {i: 0, j: 0, share: 0};
  const last = times.length - 1;
  if (time >= times[last]) return {i: last, j: last, share: 0};
  let i = 0;
  for (let low = 0, high = last; high - low > 1;) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle; else high = middle;
    i = low;
  }
  return {i, j: i + 1, share: (time - times[i]) / (times[i + 1] - times[i])};
}

export function between(frames, {i, j, share}, out) {
  const a = frames[i], b = frames[j];
  for (let k = 0; k < out.length; ++k) out[k] = a[k] + share * (b[k] - a[k]);
  return out;
}

/** A curve's value at a time, linear between its rows. */
export function valueAt(times, values, time) {
  const {i, j, share} = place(times, time);
  return values[i] + share * (values[j] - values[i]);
}

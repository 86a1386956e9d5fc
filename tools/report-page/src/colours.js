// Viridis (van der Walt and Smith, CC0) and cividis (Nunez, Anderton and Renslow 2018, CC0); lines: Okabe and Ito (2008).

const viridis = [[68, 1, 84], [71, 45, 123], [59, 82, 139], [44, 114, 142], [33, 145, 140], [40, 174, 128], [94, 201, 98], [173, 220, 48], [253, 231, 37]];
const cividis = [[0, 34, 78], [64, 76, 108], [124, 123, 120], [188, 175, 108], [254, 232, 56]];
export const lines = ['#b87a00', '#2f95cf', '#009e73', '#0072b2', '#d55e00', '#b05c92', '#595959', '#e69f00', '#56b4e9'];

function mix(knots, share) {
  const place = Math.min(Math.max(share, 0), 1) * (knots.length - 1);
  const k = Math.min(Math.floor(place), knots.length - 2), s = place - k;
  return knots[k].map((c, d) => c + s * (knots[k + 1][d] - c));
}

/** 256 colours, three numbers of 0 to 1 each, in linear light as the renderer wants them. */
function table(knots) {
  const linear = (c) => { const s = c / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; };
  const colours = new Float32Array(3 * 256);
  for (let i = 0; i < 256; ++i) mix(knots, i / 255).forEach((c, d) => { colours[3 * i + d] = linear(c); });
  return colours;
}
export const pressureTable = table(viridis);
export const strainTable = table(cividis);

export const gradient = (name) => {
  const knots = name === 'cividis' ? cividis : viridis;
  return `linear-gradient(90deg, ${knots.map((c) => `rgb(${c.join(',')})`).join(', ')})`;
};

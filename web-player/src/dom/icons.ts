import { svg, type SVGTemplateResult } from 'lit';
import { html, type TemplateResult } from 'lit';

const draw = (shapes: SVGTemplateResult): TemplateResult =>
  html`<svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.8"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${shapes}
  </svg>`;

const slash = svg`<path d="M4 4l16 16"/>`;
const mic = svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21"/>`;
const cam = svg`<rect x="3" y="6.5" width="12.5" height="11" rx="2.5"/><path d="M15.5 10.5 21 7.5v9l-5.5-3"/>`;

/** Line icons, drawn for Amphi on a 24-unit grid. */
export const icons = {
  mic: draw(mic),
  micOff: draw(svg`${mic}${slash}`),
  cam: draw(cam),
  camOff: draw(svg`${cam}${slash}`),
  screen: draw(
    svg`<rect x="3" y="4" width="18" height="12.5" rx="2.5"/><path d="M8.5 20.5h7M12 13V7.8M9.4 10.2 12 7.6l2.6 2.6"/>`,
  ),
  slides: draw(
    svg`<path d="M3 4.500h18M4.500 4.500v11h15v-11M12 15.500v3M8.500 21l3.500-2.500 3.500 2.500"/>`,
  ),
  hand: draw(
    svg`<path d="M8 12V5.6a1.5 1.5 0 0 1 3 0V11V4.2a1.5 1.5 0 0 1 3 0V11V5.6a1.5 1.5 0 0 1 3 0V14c0 4-2.4 7-6 7-2.7 0-4.2-1.3-5.4-3.6L3.9 13.9a1.5 1.5 0 0 1 2.6-1.5L8 14.4"/>`,
  ),
  chat: draw(
    svg`<path d="M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5z"/>`,
  ),
  poll: draw(svg`<path d="M5 20v-7M12 20V4M19 20v-11" stroke-width="3"/>`),
  people: draw(
    svg`<circle cx="9" cy="8.5" r="3.2"/><path d="M3.5 19c.4-3.2 2.6-5 5.5-5s5.100 1.800 5.500 5M15.500 5.600a3.200 3.200 0 0 1 0 5.800M17.500 14.500c1.800.700 2.800 2.300 3 4.500"/>`,
  ),
  send: draw(svg`<path d="M4 12 20 4.500 14.500 20l-3-6.500z"/><path d="m11.500 13.500 4-4"/>`),
  play: draw(svg`<path d="M7.500 5v14l11.500-7z" fill="currentColor"/>`),
  pause: draw(svg`<path d="M8.500 5v14M15.500 5v14" stroke-width="3"/>`),
  back10: draw(
    svg`<path d="M12 4.500a8 8 0 1 1-7.500 5.200M12 4.500 8.800 2M12 4.500 8.800 7"/><text x="12.200" y="16" text-anchor="middle" font-size="8" font-weight="700" fill="currentColor" stroke="none">10</text>`,
  ),
  ahead10: draw(
    svg`<path d="M12 4.500a8 8 0 1 0 7.500 5.200M12 4.500 15.200 2M12 4.500 15.200 7"/><text x="11.800" y="16" text-anchor="middle" font-size="8" font-weight="700" fill="currentColor" stroke="none">10</text>`,
  ),
  volume: draw(
    svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4.200 4.200 0 0 1 0 6M18 6.500a7.800 7.800 0 0 1 0 11"/>`,
  ),
  muted: draw(
    svg`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM16 9.500l5 5M21 9.500l-5 5"/>`,
  ),
  settings: draw(
    svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2.200"/><circle cx="9" cy="17" r="2.200"/>`,
  ),
  captions: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2.500"/><path d="M10.500 10.500a2 2 0 1 0 0 3M17 10.500a2 2 0 1 0 0 3"/>`,
  ),
  captionsOn: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2.500"/><path d="M10.500 10.500a2 2 0 1 0 0 3M17 10.500a2 2 0 1 0 0 3M7 21.500h10"/>`,
  ),
  pip: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2.500"/><rect x="11.500" y="11" width="7" height="5.500" rx="1.200" fill="currentColor"/>`,
  ),
  full: draw(
    svg`<path d="M4 9V5.500A1.500 1.500 0 0 1 5.500 4H9M15 4h3.500A1.500 1.500 0 0 1 20 5.500V9M20 15v3.500a1.500 1.500 0 0 1-1.500 1.500H15M9 20H5.500A1.500 1.500 0 0 1 4 18.500V15"/>`,
  ),
  leave: draw(
    svg`<path d="M14 4.500H7A2.500 2.500 0 0 0 4.500 7v10A2.500 2.500 0 0 0 7 19.500h7M10 12h10M16.500 8.500 20 12l-3.500 3.500"/>`,
  ),
  backstage: draw(svg`<path d="M4 4.500h16M6 4.500v15M18 4.500v15M10 12h4M10 12l2-2M10 12l2 2"/>`),
  stop: draw(
    svg`<circle cx="12" cy="12" r="8.500"/><rect x="9" y="9" width="6" height="6" rx="1" fill="currentColor" stroke="none"/>`,
  ),
  pauseClock: draw(
    svg`<path d="M5 8h11v5.500a5 5 0 0 1-5 5h-1a5 5 0 0 1-5-5zM16 9.500h1.500a2.500 2.500 0 0 1 0 5H16M8 5.500V3.500M12 5.500V3.500"/>`,
  ),
  eyeOff: draw(
    svg`<path d="M3 12s3.300-6 9-6 9 6 9 6-3.300 6-9 6-9-6-9-6z"/><circle cx="12" cy="12" r="2.600"/><path d="M4 4l16 16"/>`,
  ),
  star: draw(
    svg`<path d="m12 4 2.400 5 5.600.700-4.100 3.800 1.100 5.500-5-2.700-5 2.700 1.100-5.500L4 9.700 9.600 9z"/>`,
  ),
  link: draw(
    svg`<path d="M10 14a4.200 4.200 0 0 0 6 0l3-3a4.240 4.240 0 0 0-6-6l-1 1M14 10a4.200 4.200 0 0 0-6 0l-3 3a4.240 4.240 0 0 0 6 6l1-1"/>`,
  ),
  check: draw(svg`<path d="m5 12.500 4.500 4.500L19 7.500"/>`),
  close: draw(svg`<path d="M6 6l12 12M18 6 6 18"/>`),
  down: draw(svg`<path d="m6 9.500 6 6 6-6"/>`),
  record: draw(
    svg`<circle cx="12" cy="12" r="8.500"/><circle cx="12" cy="12" r="4" fill="currentColor" stroke="none"/>`,
  ),
  download: draw(svg`<path d="M12 4v11M7.500 11 12 15.500 16.500 11M5 20h14"/>`),
  pen: draw(
    svg`<path d="M4 20l1-4.500L16 4.500a1.800 1.800 0 0 1 2.500 0l1 1a1.800 1.800 0 0 1 0 2.500L8.500 19z"/><path d="M14 6.500l3.500 3.500"/>`,
  ),
  pointer: draw(
    svg`<circle cx="12" cy="12" r="2.600" fill="currentColor"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100"/>`,
  ),
  undo: draw(svg`<path d="M8 5 4 9l4 4M4.500 9H14a5 5 0 0 1 0 10h-4"/>`),
  clear: draw(
    svg`<path d="M5 7h14M10 7V4.500h4V7M7 7l.8 12.500h8.400L17 7M10.300 10.500l.3 5.500M13.700 10.500l-.3 5.500"/>`,
  ),
  warning: draw(svg`<path d="M12 4 21 19.500H3zM12 10v4.500M12 17v.1"/>`),
  elsewhere: draw(
    svg`<circle cx="12" cy="12" r="2.200" fill="currentColor"/><path d="M8.300 15.700a5.200 5.200 0 0 1 0-7.400M15.700 8.300a5.200 5.200 0 0 1 0 7.400M5.500 18.500a9.200 9.200 0 0 1 0-13M18.500 5.500a9.200 9.200 0 0 1 0 13"/>`,
  ),
  more: draw(
    svg`<circle cx="6" cy="12" r="1.400" fill="currentColor"/><circle cx="12" cy="12" r="1.400" fill="currentColor"/><circle cx="18" cy="12" r="1.400" fill="currentColor"/>`,
  ),
  layoutSpeaker: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M16 5v14M16 9.700h5M16 14.300h5"/>`,
  ),
  layoutGrid: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M12 5v14M3 12h18"/>`,
  ),
  layoutAuto: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M9 15.500l3-7.500 3 7.500M10 13.200h4"/>`,
  ),
  layoutSide: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M15.500 5v14M15.500 12H21"/><rect x="5.500" y="8.500" width="7.500" height="7" fill="currentColor" stroke="none"/>`,
  ),
  layoutTwo: draw(
    svg`<rect x="3" y="8" width="8" height="8" rx="1.500"/><rect x="13" y="8" width="8" height="8" rx="1.500"/>`,
  ),
  layoutScreen: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2"/><rect x="5.500" y="7.500" width="13" height="9" fill="currentColor" stroke="none"/>`,
  ),
  layoutPip: draw(
    svg`<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M14 13.500h7M14 13.500V19"/>`,
  ),
} as const;

/** The mark: an amphitheatre's tiers around its stage. */
export const mark = html`<svg viewBox="0 0 32 32" aria-hidden="true" class="mark">
  <g fill="none" stroke="currentColor" stroke-linecap="round" stroke-width="2.600">
    <path d="M4 13a12 12 0 0 0 24 0" opacity=".45" />
    <path d="M8.500 13a7.500 7.500 0 0 0 15 0" opacity=".75" />
  </g>
  <circle cx="16" cy="12.500" r="3.200" fill="currentColor" />
</svg>`;

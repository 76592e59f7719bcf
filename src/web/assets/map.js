/* The map in step with the list: a pin a place, numbered as the cards. Leaflet comes with it. */
export async function showMap(element) {
  const map = await openMap(element);
  const { L } = globalThis;
  const pins = L.layerGroup();
  // The view comes first: no tile of another one is fetched.
  map.setView([46.6, 2.5], 6);
  update(map, pins.addTo(map));
  addTiles(map, element);
  return { update: () => update(map, pins) };
}

/* The communes of a territory: a disc each, the wider the more people, filled by how far their pages are. */
export async function showCommunes(element, communes) {
  const map = await openMap(element);
  const { L } = globalThis;
  const bounds = L.latLngBounds(communes.map((it) => it.position));
  map.fitBounds(bounds.pad(0.15), { maxZoom: 12, animate: false });
  for (const { position, people, complete, said, told } of communes) {
    const level = complete >= 0.5 ? 'complete' : said >= 0.5 ? 'partial' : 'empty';
    L.circleMarker(position, {
      radius: Math.min(30, 6 + 2.5 * Math.sqrt(people)),
      weight: 2,
      className: `commune-disc ${level}`,
      keyboard: false,
    })
      .bindTooltip(told)
      .addTo(map);
  }
  addTiles(map, element);
}

async function openMap(element) {
  await loadLeaflet(element);
  const { L } = globalThis;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    zoomAnimation: !isStill,
    fadeAnimation: !isStill,
    markerZoomAnimation: !isStill,
    scrollWheelZoom: false,
    maxZoom: 17,
  });
  map.attributionControl.setPrefix('');
  map.zoomControl._zoomInButton.title = map.zoomControl._zoomInButton.ariaLabel = 'Agrandir';
  map.zoomControl._zoomOutButton.title = map.zoomControl._zoomOutButton.ariaLabel = 'Réduire';
  return map;
}

function addTiles(map, { dataset }) {
  globalThis.L.tileLayer(dataset.tiles, { attribution: dataset.attribution, maxZoom: 17 }).addTo(map);
}

function update(map, pins) {
  const { L } = globalThis;
  pins.clearLayers();
  const places = [];
  for (const [index, card] of [...document.querySelectorAll('#answer .card')].entries()) {
    if (!card.dataset.position) continue;
    const position = card.dataset.position.split(',').map(Number);
    const name = card.querySelector('h2 a')?.textContent?.trim() ?? '';
    const here = places.filter((it) => it.join() === position.join()).length;
    const icon = L.divIcon({
      className: 'pin',
      html: String(index + 1),
      iconSize: [26, 26],
      iconAnchor: anchorOf(here),
    });
    const pin = L.marker(position, { icon, title: name, alt: `${index + 1}. ${name}`, keyboard: true }).addTo(
      pins,
    );
    pin.getElement()?.setAttribute('aria-label', `${index + 1}. ${name}`);
    const mark = (isShown) => {
      card.classList.toggle('is-shown', isShown);
      pin.getElement()?.classList.toggle('is-shown', isShown);
      pin.setZIndexOffset(isShown ? 1000 : 0);
    };
    pin.on('mouseover', () => mark(true)).on('mouseout', () => mark(false));
    pin.on('click keypress', () => {
      card.scrollIntoView({ block: 'center' });
      card.querySelector('h2 a')?.focus();
    });
    for (const [on, isShown] of [
      ['mouseenter', true],
      ['mouseleave', false],
      ['focusin', true],
      ['focusout', false],
    ]) {
      card.addEventListener(on, () => mark(isShown));
    }
    places.push(position);
  }
  if (places.length > 0) map.fitBounds(L.latLngBounds(places).pad(0.15), { maxZoom: 12, animate: false });
}

/** Those of one place stand in a spiral around it. */
function anchorOf(rank) {
  const angle = rank * 2.4;
  const radius = rank === 0 ? 0 : 16 * Math.sqrt(rank);
  return [13 - radius * Math.cos(angle), 13 - radius * Math.sin(angle)];
}

function loadLeaflet({ dataset }) {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = dataset.leafletCss;
  const script = document.createElement('script');
  script.src = dataset.leafletJs;
  const loaded = [sheet, script].map(
    (it) =>
      new Promise((resolve, reject) => {
        it.addEventListener('load', resolve);
        it.addEventListener('error', () => reject(new Error('the map could not be fetched')));
      }),
  );
  document.head.append(sheet, script);
  return Promise.all(loaded);
}

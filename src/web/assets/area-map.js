/* Where somebody goes: a disc around each place of practice, a dot on each commune. A click adds the nearest commune, or takes it off. */
export async function showAreaMap(element, { toggle }) {
  await loadLeaflet(element);
  const { L } = globalThis;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    zoomAnimation: !isStill,
    fadeAnimation: !isStill,
    markerZoomAnimation: !isStill,
    scrollWheelZoom: false,
    maxZoom: 14,
  });
  map.attributionControl.setPrefix('');
  map.zoomControl._zoomInButton.title = map.zoomControl._zoomInButton.ariaLabel = 'Agrandir';
  map.zoomControl._zoomOutButton.title = map.zoomControl._zoomOutButton.ariaLabel = 'Réduire';
  const area = JSON.parse(element.dataset.area);
  map.setView(area.places[0] ?? [46.6, 2.5], area.places.length > 0 ? 10 : 6);
  L.tileLayer(element.dataset.tiles, { attribution: element.dataset.attribution, maxZoom: 17 }).addTo(map);
  const layer = L.featureGroup().addTo(map);
  const draw = ({ places, radiusKm, communes }) => {
    layer.clearLayers();
    for (const place of places) {
      if (radiusKm)
        L.circle(place, { radius: radiusKm * 1000, className: 'area-disc', interactive: false }).addTo(layer);
      L.circleMarker(place, { radius: 6, className: 'area-place', interactive: false }).addTo(layer);
    }
    for (const { label, position } of communes)
      L.circleMarker(position, { radius: 8, className: 'area-commune' })
        .bindTooltip(label)
        .on('click', (event) => {
          L.DomEvent.stopPropagation(event);
          toggle(label);
        })
        .addTo(layer);
  };
  const fit = () => {
    const bounds = layer.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.2), { maxZoom: 11, animate: false });
  };
  draw(area);
  fit();
  let radius = area.radiusKm;
  map.on('click', async ({ latlng }) => {
    const query = new URLSearchParams({ latitude: latlng.lat.toFixed(5), longitude: latlng.lng.toFixed(5) });
    const answer = await fetch(`/espace/commune?${query}`);
    const { label } = answer.ok ? await answer.json() : {};
    if (label) toggle(label);
  });
  return {
    show: (next) => {
      draw(next);
      if (next.radiusKm !== radius) fit();
      radius = next.radiusKm;
    },
  };
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

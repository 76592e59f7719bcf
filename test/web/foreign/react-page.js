import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** A page that knows the picker as an element among others: attributes, properties, events, all through React. */
function Compose() {
  const [added, setAdded] = useState([]);
  const [isMany, setMany] = useState(false);
  return h(
    'form',
    { method: 'post', action: '/sent' },
    h('label', { htmlFor: 'to' }, 'To'),
    h('correspondant-picker', {
      id: 'to',
      name: 'to',
      lang: 'en',
      multiple: isMany,
      required: true,
      onrecipientadd: (event) => setAdded((before) => [...before, event.detail.name]),
    }),
    h('button', { type: 'button', onClick: () => setMany(true) }, 'Several'),
    h('output', null, added.join(' + ')),
    h('button', null, 'Send'),
  );
}

createRoot(document.getElementById('root')).render(h(Compose));

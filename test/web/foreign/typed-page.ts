import type { CorrespondantPicker, Recipient } from '../../../src/web/assets/picker.js';

const picker: CorrespondantPicker = document.querySelector('correspondant-picker')!;
picker.multiple = true;
picker.addEventListener('recipientadd', (event) => {
  const { address, status, awayUntil }: Recipient = event.detail;
  const isRead: boolean = status === 'active';
  console.log(address.toLowerCase(), isRead, awayUntil ?? 'here');
});
picker.recipients = [
  { id: 'x', name: 'Cardiologie', detail: '', address: 'cardio@exemple.mssante.fr', status: 'unknown' },
];
for (const it of picker.recipients) console.log(it.name);
picker.closest('form')?.addEventListener('submit', () => picker.reportValidity());

// @ts-expect-error -- only read
picker.value = 'cardio@exemple.mssante.fr';
// @ts-expect-error -- one of three
picker.recipients = [{ id: 'x', name: 'x', detail: '', address: 'x@x.mssante.fr', status: 'open' }];

/** `<correspondant-picker>`: recipients chosen in the directory, submitted with a form. */
export interface Recipient {
  id: string;
  name: string;
  /** Profession or service, and town; empty when nothing is known. */
  detail: string;
  address: string;
  status: 'active' | 'inactive' | 'unknown';
  /** Last day of the absence of today (`2026-12-03`); undefined when none is said. */
  awayUntil?: string | undefined;
}

export class CorrespondantPicker extends HTMLElement {
  static readonly formAssociated: true;
  name: string;
  multiple: boolean;
  required: boolean;
  disabled: boolean;
  recipients: readonly Recipient[];
  /** Addresses, parted by commas. */
  readonly value: string;
  readonly form: HTMLFormElement | null;
  readonly validity: ValidityState;
  checkValidity(): boolean;
  reportValidity(): boolean;
}

declare global {
  interface HTMLElementTagNameMap {
    'correspondant-picker': CorrespondantPicker;
  }
  interface HTMLElementEventMap {
    recipientadd: CustomEvent<Recipient>;
    recipientremove: CustomEvent<Recipient>;
  }
}

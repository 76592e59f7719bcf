import MODELS from './form-models.json' with { type: 'json' };
import type { RequestForm } from './request-form.ts';
import type { DeclaredKind } from './declaration.ts';

/** A request form to begin with. */
interface FormModel {
  /** Small letters and hyphens; stable. */
  code: string;
  /** French, for people. */
  label: string;
  kind: DeclaredKind;
  form: RequestForm;
}

export const FORM_MODELS = MODELS as FormModel[];

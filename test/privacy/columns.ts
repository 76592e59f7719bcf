import type { CallerName } from './callers.ts';

/**
 * Columns whose values anybody may be told, or that tell nothing of anybody by themselves: what official files and pages say, codes,
 * counts, instants, numbers of rows. By table, parted by spaces.
 */
export const PUBLIC_COLUMNS: Record<string, string> = {
  application_key: 'scopes created_at last_used_at revoked_at',
  audit_event: 'id at actor_kind application operation target_kind target_id outcome request_id details',
  change_log: 'kind key xid seq is_deleted created_xid',
  code_label: 'list code label',
  declaration:
    'key kind practitioner_id organization_id territory_id mailbox content version is_deleted changed_at',
  declaration_change: 'key version at changes',
  declaration_draft: 'kind key base_version saved_at',
  declaration_territory: 'key territory_id',
  delegation: 'practitioner_id until created_at revoked_at',
  error_report: 'id subject_id subject_name field reporter reported_at closed_at',
  error_report_commune: 'report_id commune_code',
  expertise_billing: 'key version changed_at',
  import_run: 'id state pid started_at finished_at progress progress_at',
  index_cursor: 'incarnation document_version xid seq saved_at',
  invitation: 'id territory_id practitioner_id means sent_at opened_at',
  mailbox: 'address type dematerialisation last_opened_on is_active stated_at created_at changed_at',
  mailbox_activity: 'address opened_at',
  mailbox_channels: 'address channels declared_at',
  mailbox_holder:
    'id address practitioner_id family_name given_names civilite_exercice profession_code savoir_faire_code organization_id service_name is_active stated_at created_at changed_at',
  organization:
    'id source finess finess_juridique siret siren name trade_name category_code secteur_activite recipient geographic_point street distribution postcode is_cedex commune_code locality departement_code country_code phone fax email latitude longitude is_active stated_at created_at changed_at',
  postcode:
    'id postcode commune_code label line5 latitude longitude is_active stated_at created_at changed_at',
  practitioner:
    'id family_name given_names civilite civilite_exercice is_active stated_at created_at changed_at',
  practitioner_role:
    'id practitioner_id profession_code categorie_professionnelle mode_exercice secteur_activite section_pharmacien role genre_activite autorite_enregistrement organization_id is_active stated_at created_at changed_at',
  private_contact: 'practitioner_id kind verified_at code_sent_at attempts',
  profile: 'practitioner_id version content completeness changed_at',
  profile_change: 'practitioner_id version at changes import_id',
  profile_draft: 'practitioner_id base_version saved_at',
  qualification: 'id practitioner_id kind type code label is_active stated_at created_at changed_at',
  role_grant: 'role target granted_at',
  savoir_faire: 'source practitioner_id profession_code type code is_active stated_at created_at changed_at',
  schema_migration: 'position name hash applied_at',
  session: 'rpps created_at last_seen_at',
  sign_in_attempt: 'provider_id started_at',
  source_state:
    'source file_name sha256 reader_version published_at checked_at changed_at run_id lines accepted rejected etag last_modified',
  store_identity: 'id created_at',
  territory: 'id name folded_name changed_at',
  territory_commune: 'territory_id commune_code',
  territory_import: 'id territory_id state version columns created_at confirmed_at undone_at left_by_undo',
  territory_import_line: 'import_id line state practitioner_id choice candidates changes',
  territory_snapshot:
    'territory_id day professionals without_mailbox empty_pages partial_pages complete_pages stale_pages error_reports',
  withheld: 'since',
};

const ADMINISTRATORS = ['administrator', 'key admin'] as const;
const COORDINATORS = ['coordinator', 'key territory', ...ADMINISTRATORS] as const;
const EDITORS = ['owner', 'delegate', ...COORDINATORS] as const;

/**
 * All other columns, each with who may be told what it holds; empty: nobody ever. A value that several columns hold may be told to
 * those of each of them, and one's own to oneself.
 */
export const PRIVATE_COLUMNS: Record<string, readonly CallerName[]> = {
  'application_key.id': ADMINISTRATORS,
  'application_key.name': [...ADMINISTRATORS, 'owner'],
  'application_key.secret_hash': [],
  'audit_event.actor_subject': ADMINISTRATORS,
  'audit_event.actor_name': [...ADMINISTRATORS, 'owner'],
  'declaration_change.author': ['owner', 'manager', ...ADMINISTRATORS],
  'declaration_draft.content': ['owner', 'manager'],
  'declaration_draft.editor': [],
  'delegation.delegate': ['owner'],
  'delegation.id': ['owner'],
  'delegation.name': ['owner'],
  'error_report.message': COORDINATORS,
  'expertise_billing.changed_by': [],
  'expertise_billing.numbers': ['owner', 'manager', ...ADMINISTRATORS],
  'import_run.host': [],
  'import_run.report': ADMINISTRATORS,
  'invitation.token_hash': [],
  'private_contact.address': ['owner'],
  'private_contact.code_hash': [],
  'profile_change.author': EDITORS,
  'profile_draft.content': ['owner', 'delegate'],
  'profile_draft.editor': [],
  'role_grant.granted_by': ADMINISTRATORS,
  'role_grant.holder': ADMINISTRATORS,
  'session.known_as': [],
  'session.name': ADMINISTRATORS,
  'session.subject': ADMINISTRATORS,
  'session.token_hash': [],
  'sign_in_attempt.browser_hash': [],
  'sign_in_attempt.code_verifier': [],
  'sign_in_attempt.nonce': [],
  'sign_in_attempt.state_hash': [],
  'territory_import.created_by': COORDINATORS,
  'territory_import.file_name': COORDINATORS,
  'territory_import_line.cells': COORDINATORS,
  'territory_import_line.faults': COORDINATORS,
  'withheld.key': ADMINISTRATORS,
  'withheld.reason': ADMINISTRATORS,
};

/**
 * What a route tells all the same. The feed names by its id whoever is not shown any more, else nobody could remove them: whoever is
 * withheld as whoever has left the files.
 */
export const TOLD_ALL_THE_SAME: Record<string, string> = { '/v1/changes': 'withheld.key' };

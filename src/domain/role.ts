/**
 * What somebody may do beyond their own page, as it is granted. `administrator`: everything; `coordinator`: of a territory;
 * `manager`: of the services of an organization.
 */
export const ROLES = ['administrator', 'coordinator', 'manager'] as const;
export type Role = (typeof ROLES)[number];

/** Id of a territory or of an organization; `*` for administrators. */
export interface RoleGrant {
  role: Role;
  target: string;
}

import type { Page } from 'playwright-core';

const TERRITORY = '/territoires/cpts-du-velay';
const found = '/?q=kin%C3%A9&where=Le+Puy-en-Velay';

interface Visit {
  /** Somebody of the demonstration, and how they sign in; undefined: anybody. */
  as?: { name: string; provider: 'pro-sante-connect' | 'autre' };
  /** By the name of the picture. An address that leads nowhere yet is passed over. */
  paths: Record<string, string>;
  /** What is done on a page before the picture, in order; drafts that are left over are dropped at the end. */
  states?: Record<string, { path: string; work: (page: Page) => Promise<void> }>;
}

/** Ids of correspondents of the demonstration, and the RPPS number of one of its territory. */
export interface PicturedIds {
  said: string;
  unsaid: string;
  service: string;
  expert: string;
  team: string;
  /** Declared by the people who sign in for the pictures. */
  ownExpert: string;
  ownTeam: string;
  rpps: string;
}

/** Every page to take a picture of, by whoever sees it. */
export function listVisits(ids: PicturedIds): Visit[] {
  const pageOf = (id: string) => `/correspondants/${encodeURIComponent(id)}`;
  const expertPath = `/espace/expertises/${ids.ownExpert}`;
  const teamPath = `/espace/equipes/${ids.ownTeam}`;
  return [
    {
      paths: {
        welcome: '/',
        found,
        'found-narrowed': '/?q=kin%C3%A9&where=43&homeVisits=true&comesTo=Le+Puy-en-Velay',
        'found-services': '/?q=secr%C3%A9tariat&where=Lyon&kind=service',
        'found-experts': '/?kind=expert&q=avis',
        'found-teams': '/?kind=team&where=43',
        nobody: '/?q=zzzzqqqq&where=Pontarlier',
        'unknown-place': '/?q=kin%C3%A9&where=Pontarlieer',
        professional: pageOf(ids.said),
        'professional-unsaid': pageOf(ids.unsaid),
        service: pageOf(ids.service),
        expert: pageOf(ids.expert),
        team: pageOf(ids.team),
        structure: '/structures/430000117',
        territory: TERRITORY,
        'structure-report': '/structures/430000117/erreur',
        'report-sent': `${pageOf(ids.said)}/erreur?envoye=1`,
        report: `${pageOf(ids.said)}/erreur`,
        'sign-in': '/connexion',
        embed: '/embed?to=cardio@exemple.mssante.fr',
        docs: '/docs',
        'no-such-page': '/nulle-part',
        'no-such-invitation': '/invitation/x',
      },
    },
    {
      as: { name: 'Hélène MARTIN', provider: 'pro-sante-connect' },
      paths: {
        'my-space': '/mon-espace',
        'my-page': '/espace',
        'my-absences': '/espace/absence',
        'my-history': '/espace/historique',
        'my-delegates': '/espace/delegues',
        'my-contacts': '/espace/contacts',
        'my-readers': '/espace/consultations',
      },
      states: {
        'my-page-typed': {
          path: '/espace',
          work: async (page) => {
            await page
              .getByLabel('Horaires', { exact: true })
              .first()
              .fill('lun-ven 9h-12h 14h-18h, sam 9h-12h');
            await page.getByText('Compris : lundi').first().waitFor();
            await page.getByText(/^Brouillon gardé/).waitFor();
          },
        },
        'my-page-faults': {
          path: '/espace',
          work: async (page) => {
            await page.getByLabel('Horaires', { exact: true }).first().fill('lun-ven sauf mercredi');
            await page.getByLabel('Rayon, en kilomètres').fill('999');
            await page.getByRole('button', { name: 'Publier', exact: true }).click();
            await page.locator('#faults').waitFor();
          },
        },
        'my-page-draft': {
          path: '/espace',
          work: async (page) => {
            await page.getByText('Voici votre brouillon').waitFor();
          },
        },
      },
    },
    {
      as: { name: 'Armand LAVOÛTE', provider: 'autre' },
      paths: {
        'services-space': '/mon-espace',
        expertises: '/espace/expertises',
        teams: '/espace/equipes',
        'expertise-new': '/espace/expertises/nouvelle',
        'team-new': '/espace/equipes/nouvelle',
        'expertise-edit': expertPath,
        'expertise-history': `${expertPath}/historique`,
        'expertise-billing': `${expertPath}/facturation`,
        'team-edit': teamPath,
        'team-history': `${teamPath}/historique`,
      },
      states: {
        'expertise-filled': { path: '/espace/expertises/nouvelle', work: fillExpertise },
        'expertise-faults': {
          path: '/espace/expertises/nouvelle',
          work: async (page) => {
            await page.getByLabel('Titre', { exact: true }).fill('');
            await page.getByLabel('Territoire', { exact: true }).fill('Pontarlieer');
            await publish(page);
          },
        },
        'team-filled': { path: '/espace/equipes/nouvelle', work: fillTeam },
        'team-faults': {
          path: '/espace/equipes/nouvelle',
          work: async (page) => {
            await page.getByLabel('Nom de l’équipe').fill('');
            await page.locator('#hours').fill('lundi de 9h à jamais');
            await publish(page);
          },
        },
      },
    },
    {
      as: { name: 'Odile VERNASSAL', provider: 'autre' },
      paths: {
        'coordinator-space': '/mon-espace',
        territories: '/territoires',
        board: TERRITORY,
        'entrusted-page': `/espace/praticiens/${ids.rpps}`,
        'entrusted-absences': `/espace/praticiens/${ids.rpps}/absence`,
        'entrusted-history': `/espace/praticiens/${ids.rpps}/historique`,
        members: `${TERRITORY}/professionnels`,
        invitations: `${TERRITORY}/invitations`,
        imports: `${TERRITORY}/imports`,
        'territory-reports': `${TERRITORY}/erreurs`,
      },
    },
    {
      as: { name: 'Berthe ALLÈGRE', provider: 'autre' },
      paths: {
        operator: '/exploitation',
        run: '/exploitation/imports/1',
        keys: '/exploitation/cles',
        oppositions: '/exploitation/oppositions',
        'error-reports': '/exploitation/erreurs',
        journal: '/exploitation/journal',
      },
    },
  ];
}

async function fillExpertise(page: Page): Promise<void> {
  await page.getByLabel('Titre', { exact: true }).fill('Avis sur les plaies chroniques');
  await page.getByLabel('Domaine').selectOption({ index: 3 });
  await page.locator('#answers').fill('Plaie qui ne guérit pas en six semaines\nEscarre du talon');
  await page.locator('#doesNotAnswer').fill('Urgences chirurgicales : appelez le 15');
  await page.getByLabel('Pour quels patients').fill('adultes');
  await page.getByLabel('Territoire', { exact: true }).fill('Haute-Loire\nCPTS du Velay');
  await page.locator('[id="urgent.0.case"]').fill('Infection');
  await page.locator('[id="urgent.0.phone"]').fill('04 65 71 00 01');
  await page.locator('[id="urgent.0.hours"]').fill('lun-ven 8h-18h');
  await takeModel(page);
}

async function fillTeam(page: Page): Promise<void> {
  await page.getByLabel('Nom de l’équipe').fill('Équipe mobile de soins palliatifs du Velay');
  await page.getByLabel('Sorte d’équipe').selectOption({ index: 2 });
  await page
    .getByRole('textbox', { name: 'Ce que fait l’équipe' })
    .fill('Conseil par téléphone\nVisite à domicile');
  await page.locator('#hours').fill('lun-ven 9h-17h');
  await page.getByLabel('Territoire', { exact: true }).fill('Haute-Loire');
  await takeModel(page);
}

/** The draft is kept, and the form comes back with its questions. */
async function takeModel(page: Page): Promise<void> {
  await page.locator('#model').selectOption({ index: 1 });
  await page.locator('button[value=model]').click();
  await page.waitForLoadState('networkidle');
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publier', exact: true }).click();
  await page.getByRole('alert').first().waitFor();
}

import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { downloadSource } from '#sources/download-source.ts';
import { PUBLICATIONS } from '#domain/publications.ts';
import { sha256OfFile } from '#sources/sha256-of-file.ts';

const BODY = 'Type de BAL|Adresse BAL\n'.repeat(10_000);
const SHA256 = createHash('sha256').update(BODY).digest('hex');

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function makeDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'correspondants-download-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

describe('downloading an official file', () => {
  test('the file is written whole under its published name, with what the next request needs', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, {
        etag: '"v1"',
        'last-modified': 'Wed, 26 Aug 2026 02:00:00 GMT',
        'content-disposition': 'attachment; filename=PS_LibreAcces_202608260312.zip',
        'content-length': Buffer.byteLength(BODY),
      });
      response.end(BODY);
    });
    const directory = join(await makeDirectory(), 'absent');
    const download = await downloadSource('rpps', { directory, url, previous: null });
    const path = join(directory, 'rpps-PS_LibreAcces_202608260312.zip');
    expect(download).toEqual({
      status: 'downloaded',
      path,
      byteLength: Buffer.byteLength(BODY),
      sha256: SHA256,
      etag: '"v1"',
      lastModified: 'Wed, 26 Aug 2026 02:00:00 GMT',
      publishedAt: '2026-08-26T01:12:00.000Z',
    });
    expect(await readFile(path, 'utf8')).toBe(BODY);
    expect(await sha256OfFile(path)).toBe(SHA256);
    expect(await readdir(directory)).toHaveLength(1);
  });

  test('the server is asked only for what is new, and "not modified" leaves nothing', async () => {
    const asked: unknown[] = [];
    const url = await serve((request, response) => {
      asked.push(request.headers['if-none-match'], request.headers['if-modified-since']);
      response.writeHead(304).end();
    });
    const directory = await makeDirectory();
    const previous = { etag: '"v1"', lastModified: 'Wed, 26 Aug 2026 02:00:00 GMT', sha256: null };
    expect(await downloadSource('mssante', { directory, url, previous })).toEqual({ status: 'not-modified' });
    expect(asked).toEqual(['"v1"', 'Wed, 26 Aug 2026 02:00:00 GMT']);
    expect(await readdir(directory)).toEqual([]);
  });

  test('the same bytes sent again are not a new file', async () => {
    const url = await serve((_, response) => void response.end(BODY));
    const directory = await makeDirectory();
    const previous = { etag: null, lastModified: null, sha256: SHA256 };
    expect(await downloadSource('mssante', { directory, url, previous })).toEqual({ status: 'not-modified' });
    expect(await readdir(directory)).toEqual([]);
  });

  test('a redirection is followed, and the name and the date come from where it leads', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/r/id')
        return void response
          .writeHead(302, { location: '/f/finess-structures-journalier-20260309.json.gz' })
          .end();
      response.end(BODY);
    });
    const directory = await makeDirectory();
    expect(await downloadSource('finess', { directory, url: `${url}/r/id`, previous: null })).toMatchObject({
      path: join(directory, 'finess-finess-structures-journalier-20260309.json.gz'),
      publishedAt: '2026-03-09',
    });
  });

  test('without a date in a name, Last-Modified dates the file', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'last-modified': 'Wed, 26 Aug 2026 02:00:00 GMT' }).end(BODY);
    });
    const download = await downloadSource('mssante', {
      directory: await makeDirectory(),
      url,
      previous: null,
    });
    expect(download).toMatchObject({ publishedAt: '2026-08-26T02:00:00.000Z' });
  });

  test('a name that climbs out of the directory does not', async () => {
    const url = await serve((_, response) => {
      response
        .writeHead(200, { 'content-disposition': 'attachment; filename="../../etc/.passwd"' })
        .end(BODY);
    });
    const directory = await makeDirectory();
    expect(await downloadSource('rpps', { directory, url, previous: null })).toMatchObject({
      path: join(directory, 'rpps-passwd'),
    });
  });

  test.each([404, 500, 503])('the status %i is a failure that is said', async (status) => {
    const url = await serve((_, response) => void response.writeHead(status).end('non'));
    const directory = await makeDirectory();
    const downloading = downloadSource('rpps', { directory, url, previous: null });
    await expect(downloading).rejects.toMatchObject({
      code: 'download-failed',
      data: { source: 'rpps', url },
      message: expect.stringContaining(String(status)),
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('a body shorter than announced is a failure and leaves nothing', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('x'.repeat(10), () => response.destroy());
    });
    const directory = await makeDirectory();
    await expect(downloadSource('rpps', { directory, url, previous: null })).rejects.toMatchObject({
      code: 'download-failed',
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test.each([
    ['before its answer', false],
    ['within its answer', true],
  ])('a server that falls silent %s is a failure', async (_, hasBegun) => {
    const url = await serve((_request, response) => {
      if (hasBegun) response.writeHead(200).write('x');
    });
    const directory = await makeDirectory();
    const downloading = downloadSource('rpps', { directory, url, previous: null, silenceTimeoutMs: 50 });
    await expect(downloading).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('silent for 50 ms'),
    });
    expect(await readdir(directory)).toEqual([]);
  });

  test('no server at all is a failure', async () => {
    const options = { directory: await makeDirectory(), url: 'http://127.0.0.1:1/', previous: null };
    await expect(downloadSource('rpps', options)).rejects.toMatchObject({ code: 'download-failed' });
  });

  test('an aborted signal rejects with its reason and leaves nothing', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('x'));
    const directory = await makeDirectory();
    const controller = new AbortController();
    const downloading = downloadSource('rpps', { directory, url, previous: null, signal: controller.signal });
    controller.abort(new Error('assez'));
    await expect(downloading).rejects.toThrow('assez');
    expect(await readdir(directory)).toEqual([]);
  });

  test('without an address of one’s own the official one is asked', async () => {
    let asked: unknown;
    const fetch = async (url: unknown) => {
      asked = url;
      return new Response(null, { status: 304 });
    };
    await downloadSource('finess', { directory: await makeDirectory(), fetch, previous: null });
    expect(asked).toBe(PUBLICATIONS.finess.url);
  });
});

import { configure, getJsonLinesFormatter, getConsoleSink, type LogLevel } from '@logtape/logtape';

/** JSON lines on standard error, the same on Node and on Workers. */
export async function configureLogging(level: LogLevel): Promise<void> {
  await configure({
    sinks: { console: getConsoleSink({ formatter: getJsonLinesFormatter({ properties: 'flatten' }) }) },
    loggers: [
      { category: ['correspondants'], lowestLevel: level, sinks: ['console'] },
      { category: ['logtape', 'meta'], lowestLevel: 'warning', sinks: ['console'] },
    ],
    reset: true,
  });
}

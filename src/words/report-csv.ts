import { stringify } from 'csv-stringify/sync';
import type { ReportView } from '../app/reports/report-view.ts';
import { DIMENSION_WORDS, rowWords } from './reports.ts';

/** So that Excel reads the file as UTF-8. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * A report as a file for spreadsheets: all rows, whole credits, money in micro-USD. Names that a spreadsheet would take for a
 * formula are escaped. `nameOf`: of people, whose names are Slack's.
 */
export function reportCsv(view: ReportView, nameOf: (memberId: string) => string): string {
  const { by, period, rows, creditValueMicroUsd } = view;
  const named = DIMENSION_WORDS[by];
  const hasId = by === 'client' || by === 'project' || by === 'team' || by === 'member';
  const table = rows.map((row) => {
    const { usage } = row;
    return {
      from: period.fromDate,
      to: period.toDate,
      ...(hasId ? { [`${named}_id`]: row.value ?? '' } : {}),
      [named]: by === 'member' && row.value !== null ? nameOf(row.value) : rowWords(row, by),
      requests: usage.requestsCount,
      blocked_requests: usage.blockedCount,
      images: usage.imagesCount,
      kept_images: usage.keptCount,
      final_images: usage.finalCount,
      discarded_images: usage.discardedCount,
      declined_images: usage.declinedCount,
      credits: usage.credits,
      agency_credits: usage.agencyCredits,
      ...(creditValueMicroUsd === null
        ? {}
        : {
            credits_value_micro_usd: usage.credits * creditValueMicroUsd,
            provider_cost_micro_usd: usage.costMicroUsd,
          }),
    };
  });
  const columns = Object.keys(table[0] ?? { from: '', to: '', [named]: '', images: 0, credits: 0 });
  return (
    BYTE_ORDER_MARK + stringify(table, { header: true, columns, escape_formulas: true, record_delimiter: 'windows' })
  );
}

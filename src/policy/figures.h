/*
 * Figures in what people write: C5.
 */
#ifndef YUGAO_POLICY_FIGURES_H
#define YUGAO_POLICY_FIGURES_H

struct arena;

/*
 * The first figure that a text gives away, as it is written there but in
 * lower case and half width ("增长3.2%"); NULL if there is none.  A figure is
 * a number with a unit of percent, money, weight and the like; a count in
 * 万, 亿 or of five digits and more; or a number that a word of growth leads
 * to.  Periods, dates, times, telephone and document numbers, ordinals, and
 * what follows 每 or "per" are none.
 *
 * What bounds a group is part of its name: "年主营业务收入2000万元及以上工业
 * 企业" says nothing of a result.  So a number before 以上, 以下 or 以内 is no
 * figure if the name goes on after it and no word such as 达到 or 增长 leads
 * to it; nor is the rate of a sample ("1%人口抽样调查").
 */
const char *figure_find(struct arena *arena, const char *text);

#endif

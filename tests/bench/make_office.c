/*
 * make_office FOLDER SERIES CALENDARS POLICY [SITE]: an example office with so
 * many monthly series, about a hundred to a department, for measuring.  Every
 * kind of rule is there, and words of the length that real plans have.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SERIES_A_DEPARTMENT 104

static const struct topic {
	const char *id, *zh, *en;
} topics[] = {
	{ "prices", "价格", "Prices" },
	{ "industry", "工业", "Industry" },
	{ "transport", "交通运输", "Transport" },
	{ "employment", "就业与工资", "Employment and wages" },
	{ "domestic-trade", "国内贸易", "Domestic trade" },
};

static const char *const timings[] = {
	"{\"day\": 9}",
	"{\"workday\": 11}",
	"{\"weekday\": \"fri\", \"nth\": 3}",
	"{\"after_period\": {\"days\": 15}}",
	"{\"day\": \"last\"}",
	"{\"workday\": -2}",
	"[{\"day\": 14, \"months\": [1, 2, 3]}, {\"day\": 17}]",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static FILE *
create(const char *folder, const char *name, int number)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/", folder);
	snprintf(
	    path + strlen(path), sizeof(path) - strlen(path), name, number);
	file = fopen(path, "w");
	if (file == NULL) {
		fprintf(stderr, "make_office: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return file;
}

static void
finish(FILE *file)
{
	if (ferror(file) || fclose(file) != 0) {
		perror("make_office");
		exit(1);
	}
}

static void
make_directory(const char *folder, const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (mkdir(path, 0777) == -1) {
		fprintf(stderr, "make_office: %s: %s\n", path, strerror(errno));
		exit(1);
	}
}

static void
write_office(const char *folder, const char *calendars, const char *policy,
    const char *site)
{
	FILE *file = create(folder, "yugao.json", 0);
	size_t i;

	fprintf(file,
	    "{\"office\": {\"name\": {\"zh\": \"统计数据发布预告（示例）\","
	    " \"en\": \"Statistics release calendar (example)\"},\n"
	    " \"domain\": \"stats.example\","
	    " \"url\": \"https://data.example/calendar/\"},\n"
	    "\"timezone\": \"Asia/Shanghai\", \"language\": \"zh\",\n"
	    "\"plans\": \"plans\", \"departments\": \"departments\","
	    " \"state\": \"state\",\n"
	    "\"site\": %s, \"gzip\": %s,\n"
	    "\"site_files\": \"%s\",\n"
	    "\"calendars\": \"%s\",\n\"policy\": \"%s\",\n\"topics\": {",
	    site[0] == '/' ? "true" : "false",
	    site[0] != '-' ? "true" : "false", site, calendars, policy);
	for (i = 0; i < COUNT(topics); i++)
		fprintf(file, "%s\"%s\": {\"zh\": \"%s\", \"en\": \"%s\"}",
		    i > 0 ? ", " : "", topics[i].id, topics[i].zh,
		    topics[i].en);
	fputs("}}\n", file);
	finish(file);
}

/* Outside the jurisdiction: everything is judged, and nothing is blocked. */
static void
write_department(const char *folder, int number)
{
	FILE *file = create(folder, "departments/d%03d.json", number);

	fprintf(file,
	    "{\"id\": \"d%03d\", \"name\": {\"zh\": \"示例第%d统计机构\","
	    " \"en\": \"Example statistics department %d\"},\n"
	    " \"level\": \"national\"}\n",
	    number, number, number);
	finish(file);
}

static void
write_head(FILE *file, int number)
{
	fprintf(file,
	    "{\"department\": \"d%03d\", \"year\": 2026,"
	    " \"timezone\": \"Asia/Shanghai\", \"calendar\": \"cn\",\n"
	    "\"note\": {\"zh\": \"示例：只用来测速。\","
	    " \"en\": \"Example, only for measuring.\"},\n"
	    "\"defaults\": {\"frequency\": \"monthly\", \"time\": \"09:30\","
	    " \"status\": \"confirmed\", \"class\": \"public\",\n"
	    " \"definition\": {\"zh\": \"示例：指标涵义\","
	    " \"en\": \"Example: what is measured\"},\n"
	    " \"scope\": {\"zh\": \"示例：全市有关单位\","
	    " \"en\": \"Example: units of the municipality\"},\n"
	    " \"method\": {\"zh\": \"示例：抽样调查\","
	    " \"en\": \"Example: sample survey\"},\n"
	    " \"calculation\": {\"zh\": \"示例：加权汇总\","
	    " \"en\": \"Example: weighted totals\"},\n"
	    " \"sample\": {\"zh\": \"示例：样本量\","
	    " \"en\": \"Example: sample size\"},\n"
	    " \"source\": \"survey\","
	    " \"channels\": [\"示例统计机构网站\"],\n"
	    " \"contact\": {\"unit\": {\"zh\": \"统计处（示例）\","
	    " \"en\": \"Statistics division (example)\"},"
	    " \"phone\": \"023-00000000\"}},\n\"series\": [",
	    number);
}

static void
write_series(FILE *file, int department, int number)
{
	const struct topic *topic = &topics[(size_t)number % COUNT(topics)];

	fprintf(file,
	    "\n{\"id\": \"s%05d\", \"title\": {\"zh\":"
	    " \"示例%s价格变动情况第%d号\","
	    " \"en\": \"Example monthly report no. %d on %s\"},\n"
	    " \"topics\": [\"%s\"], \"indicators\": [{\"name\":"
	    " {\"zh\": \"同比增长\", \"en\": \"Change over a year\"},"
	    " \"unit\": \"%%\"}, {\"name\": {\"zh\": \"环比增长\","
	    " \"en\": \"Change over a month\"}, \"unit\": \"%%\"}],\n"
	    " \"timing\": %s, \"roll\": \"%s\","
	    " \"url\": \"https://data.example/d%03d/s%05d\"}",
	    number, topic->zh, number, number, topic->en, topic->id,
	    timings[(size_t)number % COUNT(timings)],
	    number % 2 == 0 ? "following" : "none", department, number);
}

int
main(int argc, char **argv)
{
	int series, first, department = 0, i;

	/* SITE: the folder of the pages; "gzip": twins, but no pages. */
	if (argc < 5 || argc > 6 || (series = atoi(argv[2])) < 1) {
		fputs("usage: make_office FOLDER SERIES CALENDARS POLICY "
		      "[SITE]\n",
		    stderr);
		return 2;
	}
	make_directory(argv[1], "plans");
	make_directory(argv[1], "departments");
	write_office(argv[1], argv[3], argv[4], argc == 6 ? argv[5] : "-");
	for (first = 0; first < series; first = i) {
		FILE *file =
		    create(argv[1], "plans/d%03d-2026.json", ++department);

		write_department(argv[1], department);
		write_head(file, department);
		for (i = first; i < series && i < first + SERIES_A_DEPARTMENT;
		     i++) {
			fputs(i > first ? "," : "", file);
			write_series(file, department, i);
		}
		fputs("]}\n", file);
		finish(file);
	}
	return 0;
}

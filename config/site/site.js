// Marks today, filters, copies and shows the reader's own time.  Every page
// is whole without it; its words come from the page.
'use strict';
(() => {
	const words = JSON.parse(document.body.dataset.words);
	const all = (selector, from = document) =>
		[...from.querySelectorAll(selector)];
	const make = (element, text, name) => {
		const node = document.createElement(element);
		node.textContent = text;
		if (name)
			node.className = name;
		return node;
	};
	const lang = document.documentElement.lang;
	const now = new Date();
	// The day where the reader is: what "today" means to them.
	const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
		.map((n) => String(n).padStart(2, '0')).join('-');

	const markToday = () => {
		for (const day of all(`[data-day="${today}"]`)) {
			day.classList.add('today');
			if (day.matches('section'))
				day.querySelector('h3').append(
					make('span', words.today, 'now'));
			else
				day.setAttribute('aria-current', 'date');
		}
		const next = all('section[data-day]')
			.find((day) => day.dataset.day >= today);
		if (!next || all('section[data-day]').indexOf(next) === 0)
			return;
		const month = next.closest('.month');
		const link = document.querySelector(
			`.months a[href="#${month.firstElementChild.id}"]`);
		if (link)
			link.setAttribute('aria-current', 'date');
		next.id ||= 'next';
		if (location.hash === '' && window.scrollY === 0 &&
		    document.querySelector('.filters'))
			addJump(next);
	};
	const addJump = (next) => {
		const jump = make('a', words.today);
		const item = document.createElement('li');
		jump.href = `#${next.id}`;
		item.append(jump);
		document.querySelector('.months ol')?.prepend(item);
	};

	// ISO 8601: a week belongs to the year that its Thursday is in.
	const markWeek = () => {
		if (!document.querySelector('[data-week]'))
			return;
		const day = new Date(Date.UTC(
			now.getFullYear(), now.getMonth(), now.getDate()));
		day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
		const year = day.getUTCFullYear();
		const week = Math.ceil(
			((day - Date.UTC(year, 0, 1)) / 864e5 + 1) / 7);
		const item = document.querySelector(`[data-week="${year}-W${
			String(week).padStart(2, '0')}"]`);
		if (!item)
			return;
		item.setAttribute('aria-current', 'date');
		const link = item.querySelector('a').cloneNode(true);
		const box = make('p', '', 'this-week');
		box.append(make('strong', words.this_week), ' ', link);
		document.querySelector('.lead').after(box);
	};

	const showOwnTime = (shown) => {
		for (const old of all('.own'))
			old.remove();
		if (!shown)
			return;
		const clock = new Intl.DateTimeFormat(lang, {
			month: 'numeric', day: 'numeric',
			hour: '2-digit', minute: '2-digit', hour12: false,
		});
		for (const time of all('.clock time')) {
			const at = clock.format(new Date(time.dateTime));
			time.after(make('span',
				words.your_time.replace('{0}', at), 'own'));
		}
	};

	const startFilters = (box) => {
		const field = (name) => box.querySelector(`[name=${name}]`);
		const count = box.querySelector('.count');
		const apply = () => {
			const q = field('q').value.trim().toLowerCase();
			const department = field('department')?.value;
			const topic = field('topic')?.value;
			const past = field('past').checked;
			let shown = 0;
			for (const release of all('.release')) {
				const data = release.dataset;
				const topics = (data.topics || '').split(' ');
				release.hidden =
				    (q && !release.textContent.toLowerCase()
					.includes(q)) ||
				    (department &&
					data.department !== department) ||
				    (topic && !topics.includes(topic)) ||
				    (past && data.last < today);
				shown += release.hidden ? 0 : 1;
			}
			for (const part of all('.day, .month'))
				part.hidden = !part.querySelector(
					'.release:not([hidden])');
			for (const link of all('.months a[href^="#m"]'))
				link.parentElement.hidden = document
					.querySelector(link.hash)
					?.closest('.month').hidden;
			count.textContent = shown === 0 ? words.none
				: words.count.replace('{0}', shown);
		};
		// A choice of one is none; what comes next is what is wanted.
		for (const select of all('select', box)) {
			const kinds = new Set(all('.release').flatMap((release) =>
				(release.dataset[select.name === 'topic'
					? 'topics' : select.name] || '').split(' ')));
			for (const option of [...select.options].slice(1))
				if (!kinds.has(option.value))
					option.remove();
			select.closest('label').hidden = select.length < 3;
		}
		field('q').closest('label').classList.add('wide');
		field('past').checked = all('.release').some((release) =>
			release.dataset.last >= today);
		apply();
		box.hidden = false;
		box.addEventListener('input', apply);
		field('zone').addEventListener('change', (event) =>
			showOwnTime(event.target.checked));
	};

	const startCopies = () => {
		if (!navigator.clipboard)
			return;
		for (const code of all('code.copy')) {
			const button = make('button', words.copy);
			button.type = 'button';
			button.addEventListener('click', async () => {
				await navigator.clipboard
					.writeText(code.textContent);
				button.textContent = words.copied;
				setTimeout(() => {
					button.textContent = words.copy;
				}, 2000);
			});
			code.after(button);
		}
	};

	const countDown = () => {
		const time = document.querySelector('.when time');
		if (!time)
			return;
		const [y, m, d] = time.dateTime.slice(0, 10).split('-');
		const days = Math.round((Date.UTC(y, m - 1, d) -
		    Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()))
		    / 864e5);
		if (days >= 0)
			time.parentElement.append(' ', make('span',
				new Intl.RelativeTimeFormat(lang,
				    { numeric: 'auto' }).format(days, 'day'),
				'left'));
	};

	const hintWeChat = () => {
		if (!/MicroMessenger/i.test(navigator.userAgent))
			return;
		for (const box of all('.subscribe, .ways > div'))
			box.prepend(make('p', words.wechat, 'hint'));
	};

	markToday();
	markWeek();
	all('.filters').forEach(startFilters);
	startCopies();
	countDown();
	hintWeChat();
})();

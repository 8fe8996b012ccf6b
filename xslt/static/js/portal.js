/*
 * Makes pages quicker and kinder; every page works without it. What it
 * fetches is the same whole page from the same address; it puts the part
 * that changed in place. No inline script, no eval.
 */
"use strict";
(() => {
	const d = document;
	const $ = (s, r = d) => r.querySelector(s);
	const $$ = (s, r = d) => [...r.querySelectorAll(s)];

	/* Says a line to a screen reader. */
	const live = Object.assign(d.createElement("p"), { className: "sr" });
	live.setAttribute("role", "status");
	d.body.append(live);
	const say = (text) => {
		live.textContent = "";
		setTimeout(() => { live.textContent = text; }, 60);
	};

	/* The page at an address, or null where a plain visit is better. */
	async function load(url, options) {
		const r = await fetch(url, { credentials: "same-origin", ...options });
		const type = r.headers.get("content-type") || "";
		if (!r.redirected) touch();
		if (r.redirected || !type.includes("html") || r.status >= 500)
			return null;
		return new DOMParser().parseFromString(await r.text(), "text/html");
	}

	/* 1. Sorting and paging replace the list alone. */
	let busy;
	const here = () => location.pathname + location.search;
	let shown = here();
	async function swap(url, region, push) {
		busy?.abort();
		busy = new AbortController();
		region.setAttribute("aria-busy", "true");
		try {
			const next = await load(url, { signal: busy.signal });
			const part = next && next.getElementById(region.id);
			if (!part) return location.assign(url);
			const focus = d.activeElement?.id;
			region.replaceWith(d.adoptNode(part));
			d.title = next.title;
			if (push) history.pushState({ region: region.id }, "", url);
			shown = here();
			$$(".picks", part).forEach(showTicked);
			if (focus) d.getElementById(focus)?.focus({ preventScroll: true });
			say($("h2", part)?.textContent || next.title);
		} catch (e) {
			if (e.name !== "AbortError") location.assign(url);
		}
	}
	const modified = (e) => e.defaultPrevented || e.button || e.metaKey ||
		e.ctrlKey || e.shiftKey || e.altKey;
	d.addEventListener("click", (e) => {
		if (modified(e)) return;
		const a = e.target.closest("[data-region] :is(thead, .pager, .bulk," +
			" .picks__which) a[href]");
		if (!a) return;
		e.preventDefault();
		const region = a.closest("[data-region]");
		swap(a.href, region, true);
		if (a.closest(".pager")) region.scrollIntoView({ block: "start" });
	});
	d.addEventListener("change", (e) => {
		const s = e.target.closest("[data-region] select[data-direct]");
		if (!s) return;
		const query = new URLSearchParams(new FormData(s.form));
		swap(`${s.form.action.split("?")[0]}?${query}`,
			s.closest("[data-region]"), true);
	});
	/*
	 * 1a. What is ticked in a list goes along wherever the list goes: the
	 * address holds it, this only keeps it up to date.
	 */
	const boxes = (form) => $$("tbody .pick input", form);
	const ticked = (form) => [...$$("input[type=hidden][name=pick]", form)
		.flatMap((i) => i.value.split(".")),
	...boxes(form).filter((b) => b.checked).map((b) => b.value)];
	function showTicked(form) {
		const all = boxes(form), n = all.filter((b) => b.checked).length;
		const head = $("thead .pick input", form);
		$(".bulk__count", form).textContent = n;
		if (!head) return;
		head.checked = n > 0 && n === all.length;
		head.indeterminate = n > 0 && n < all.length;
	}
	const withTicked = (href, form) => {
		const url = new URL(href), keys = ticked(form).join(".");
		url.searchParams.delete("pick");
		url.searchParams.delete("all");
		if (keys) url.searchParams.set("pick", keys);
		return url;
	};
	/* Also for who comes back to this page. */
	const saySo = (form) => {
		history.replaceState(history.state, "",
			withTicked(location.href, form));
		shown = here();
		say($(".bulk__n", form).textContent.trim());
	};
	d.addEventListener("change", (e) => {
		const form = e.target.closest(".picks");
		if (!form || !e.target.closest(".pick")) return;
		if (e.target.dataset.pick)
			boxes(form).forEach((b) => { b.checked = e.target.checked; });
		showTicked(form);
		saySo(form);
	});
	d.addEventListener("click", (e) => {
		const a = e.target.closest(".picks a[data-pick]");
		const form = a?.closest(".picks");
		const only = a?.dataset.pick === "page" ||
			(a?.dataset.pick === "none" && !$(".bulk__more", form));
		if (!a || !only || modified(e)) return;
		e.preventDefault();
		boxes(form).forEach((b) => { b.checked = a.dataset.pick === "page"; });
		showTicked(form);
		saySo(form);
		boxes(form)[0]?.focus({ preventScroll: true });
	}, true);
	d.addEventListener("click", (e) => {
		const a = e.target.closest("[data-region] a[href]:not([data-pick])");
		const form = a && $(".picks", a.closest("[data-region]"));
		if (!form || a.pathname !== new URL(form.action).pathname) return;
		a.href = withTicked(a.href, form);
	}, true);
	/* Into the other forms of the list: filters, sorting. */
	const takeAlong = (form) => {
		const picks = $(".picks", form.closest("[data-region]") || form);
		if (!picks || picks === form) return;
		$$("input[type=hidden][name=pick]", form).forEach((i) => i.remove());
		const keys = ticked(picks).join(".");
		if (keys) form.append(Object.assign(d.createElement("input"),
			{ type: "hidden", name: "pick", value: keys }));
	};
	d.addEventListener("submit", (e) => takeAlong(e.target), true);
	d.addEventListener("change", (e) => {
		if (e.target.matches("[data-region] select[data-direct]"))
			takeAlong(e.target.form);
	}, true);
	addEventListener("pageshow", () => $$(".picks").forEach(showTicked));

	addEventListener("popstate", () => {
		const region = $("[data-region]");
		if (region && here() !== shown) swap(location.href, region, false);
	});

	/*
	 * 2. A choice on which others depend (location: departments) asks the
	 * same form again; its other selects and hidden fields, and what stands
	 * beside it, take the answer.
	 */
	async function refresh(select) {
		const form = select.form;
		const data = new FormData(form);
		const post = form.method === "post";
		if (post) data.append("_refresh", select.name);
		const query = new URLSearchParams(data);
		const at = form.action.split("?")[0];
		select.setAttribute("aria-busy", "true");
		const next = await (post
			? load(form.action, { method: "POST", body: query })
			: load(`${at}?${query}`)).catch(() => null);
		select.removeAttribute("aria-busy");
		/* Another was chosen meanwhile, and asks for itself. */
		if (data.get(select.name) !== select.value) return;
		const answer = next && next.getElementById(form.id);
		if (!answer) return;
		for (const now of $$("select, input[type=hidden]", form)) {
			const then = now !== select && answer.elements[now.name];
			if (!then || then.tagName !== now.tagName) continue;
			const meant = now.value;
			/* Copies: an option that is moved away leaves the next one
			   selected, and so at last the wrong one. */
			if (now.tagName === "SELECT")
				now.replaceChildren(...[...then.options].map((o) =>
					o.cloneNode(true)));
			/* What was chosen while the answer was under way stays. */
			now.value = meant === data.get(now.name) ? then.value : meant;
			if (now.selectedIndex < 0) now.value = then.value;
		}
		/* A tick that the choice asks for comes, another one goes. */
		for (const now of $$("input[type=checkbox]", form))
			if (!answer.elements[now.name]) now.closest(".field").remove();
		for (const then of $$("input[type=checkbox]", answer))
			if (!form.elements[then.name])
				select.closest(".field").after(
					d.importNode(then.closest(".field"), true));
		/* What stands beside the form tells of the choice. */
		const beside = $("aside"), then = next.querySelector("aside");
		if (beside && then)
			beside.replaceChildren(...[...then.childNodes].map((n) =>
				d.importNode(n, true)));
	}
	d.addEventListener("change", (e) => {
		if (e.target.matches("[data-refresh]")) refresh(e.target);
	});

	/* 3. The list of errors has the focus; its links lead into the fields. */
	$(".errsum")?.focus();
	d.addEventListener("click", (e) => {
		const a = e.target.closest(".errsum a");
		const field = a && d.getElementById(a.hash.slice(1));
		if (!field) return;
		e.preventDefault();
		(field.closest(".field") || field).scrollIntoView({ block: "start" });
		field.focus({ preventScroll: true });
	});

	/* 4. No second sending (the server guards it too, by the form key). */
	d.addEventListener("submit", (e) => {
		const form = e.target;
		if (form.method !== "post") return;
		if (form.dataset.sent) return e.preventDefault();
		form.dataset.sent = "1";
		setTimeout(() => delete form.dataset.sent, 8000);
	});
	addEventListener("pageshow", () =>
		$$("form[data-sent]").forEach((f) => delete f.dataset.sent));

	/* 5. A warning before typed work is lost. */
	let dirty = Boolean($("form[data-guard] .field--bad"));
	d.addEventListener("input", (e) => {
		if (e.target.closest("form[data-guard]")) dirty = true;
	});
	d.addEventListener("submit", () => { dirty = false; });
	d.addEventListener("click", (e) => {
		if (e.target.closest("[data-leave]")) dirty = false;
	});
	addEventListener("beforeunload", (e) => { if (dirty) e.preventDefault(); });

	/* 6. What is under way asks how far it is, until it is done. */
	const poll = (part) => setTimeout(async () => {
		const next = await load(location.href).catch(() => null);
		const then = next && next.getElementById(part.id);
		if (!next) return poll(part);
		if (!then) return location.reload();
		part.replaceWith(d.adoptNode(then));
		poll(then);
	}, part.dataset.poll * 1000);
	$$("[data-poll]").forEach(poll);

	/*
	 * 7. A warning before the session ends for want of requests, from any
	 * tab. The server counts whole minutes.
	 */
	const idle = $("#idle");
	const minute = 60e3;
	let mark = Date.now();
	const store = (get) => { try { return get(localStorage); } catch { return null; } };
	const seen = () => Math.max(mark, Number(store((l) => l.getItem("seen"))) || 0);
	const touch = () => {
		mark = Date.now();
		store((l) => l.setItem("seen", mark));
	};
	function watch() {
		const most = idle.dataset.idle * 1000 - minute;
		const left = seen() + most - Date.now();
		if (left > Math.min(3 * minute, most / 2)) {
			if (idle.open) idle.close();
		} else if (!idle.open && !idle.dataset.ended) {
			idle.showModal();
		}
		if (left <= 0) ended();
	}
	function ended() {
		if (idle.dataset.ended) return;
		idle.dataset.ended = "1";
		const [warning, end] = $$("p", idle);
		const [stay, close] = $$("button", idle);
		warning.hidden = stay.hidden = true;
		end.hidden = close.hidden = false;
		if (!idle.open) idle.showModal();
		close.focus();
	}
	if (idle) {
		touch();
		const [stay, close] = $$("button", idle);
		stay.addEventListener("click", async () => {
			const r = await fetch("/roles", { method: "HEAD" })
				.catch(() => null);
			if (!r || r.redirected) return ended();
			touch();
			idle.close();
		});
		close.addEventListener("click", () => idle.close());
		setInterval(watch, 5000);
	}

	/* 8. A menu closes by Escape and by a click beside it. */
	const open = () => $$(":is(.usermenu, .bulk__menu)[open]");
	d.addEventListener("keydown", (e) => {
		if (e.key !== "Escape") return;
		for (const menu of open()) {
			menu.open = false;
			$("summary", menu).focus();
		}
	});
	d.addEventListener("click", (e) => {
		for (const menu of open())
			if (!menu.contains(e.target)) menu.open = false;
	});
})();

-- wrk's requests: those of a file (path, cookie, …), one after the other from
-- a random one on. Arguments: the file, what stands before each path, and
-- "numbers" where the file's numbers stand in for the paths.
local requests, at = {}, 0

function init(args)
	local number = 0
	for line in io.lines(args[1]) do
		local path, cookie = line:match("^([^\t]*)\t([^\t]*)")
		if path ~= "path" then
			number = number + 1
			if args[3] == "numbers" then
				path = string.format("/%d.html", number)
			end
			requests[number] = wrk.format("GET", args[2] .. path,
				{ Cookie = "__Host-hulpbalie=" .. cookie })
		end
	end
	math.randomseed(os.time())
	at = math.random(#requests)
end

function request()
	at = at % #requests + 1
	return requests[at]
end

function done(summary, latency)
	local e = summary.errors
	io.write(string.format('{"requests":%d,"seconds":%.3f,"bytes":%d,' ..
		'"p50":%.3f,"p99":%.3f,"errors":%d}\n', summary.requests,
		summary.duration / 1e6, summary.bytes,
		latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
		e.connect + e.read + e.write + e.status + e.timeout))
end

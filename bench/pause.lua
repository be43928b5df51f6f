-- pause.lua - let each connection of wrk wait BENCH_PAUSE_MS before its next request.
-- SPDX-License-Identifier: EUPL-1.2
local pause = tonumber(os.getenv("BENCH_PAUSE_MS"))

function delay()
    return pause * (0.5 + math.random())
end

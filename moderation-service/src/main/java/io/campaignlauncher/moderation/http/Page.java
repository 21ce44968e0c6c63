package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.moderation.store.MarketQueries;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many at most
 * @param after a mark of the answer before; null: from the beginning
 */
record Page(int limit, @Nullable String after) {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final Pattern MARK = Pattern.compile("[A-Za-z0-9:._-]{1,100}");

    /** @throws HttpProblem 400 where it is not within the bounds */
    static Page of(ServerRequest request) {
        var limit = request.queryParam("limit").orElse(Integer.toString(USUAL));
        var after = request.queryParam("after").orElse(null);
        if (!limit.matches("[0-9]{1,3}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            throw mistake("limit", "must be a whole number from 1 to " + MOST);
        }
        if (after != null && !MARK.matcher(after).matches()) {
            throw mistake("after", "must be what an answer before had as next");
        }
        return new Page(Integer.parseInt(limit), after);
    }

    /** One more than asked for tells whether there is more. */
    int fetched() {
        return limit + 1;
    }

    /** The rows as {@code name}, with {@code next} where there are more. */
    Map<String, Object> answer(String name, List<? extends MarketQueries.Listed> rows) {
        var answer = new HashMap<String, Object>();
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        answer.put(name, shown);
        if (rows.size() > limit) {
            answer.put("next", shown.getLast().mark());
        }
        return answer;
    }

    static HttpProblem mistake(String field, String message) {
        return HttpProblem.mistakes(List.of(new HttpProblem.Mistake(field, message)));
    }
}

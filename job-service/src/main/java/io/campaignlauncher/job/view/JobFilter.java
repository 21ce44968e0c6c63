package io.campaignlauncher.job.view;

import io.campaignlauncher.readmodel.JobColumn;
import io.campaignlauncher.readmodel.JobView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a job has to be like to be on a list: every condition that was added. Each is there twice, for rows of
 * {@code campaign_creation_jobs} and for a job that events beyond its row, or beyond the tables, were folded into.
 */
public final class JobFilter {

    /** Every job. */
    public static final JobFilter NONE = new JobFilter(List.of());

    /** Comes after whatever a name goes on with. */
    private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

    private final List<Condition> conditions;

    /**
     * @param sql        with names of its parameters
     * @param changeable whether it may hold for a job now and not by its row, or the other way round
     */
    private record Condition(String sql, Map<String, Object> parameters, Predicate<JobView> test, boolean changeable) {}

    private JobFilter(List<Condition> conditions) {
        this.conditions = conditions;
    }

    public JobFilter ofUser(String userId) {
        return withText(JobColumn.USER_ID, userId);
    }

    public JobFilter onAccount(String adAccountId) {
        return withText(JobColumn.AD_ACCOUNT_ID, adAccountId);
    }

    public JobFilter askedForAs(String idempotencyKey) {
        return withText(JobColumn.IDEMPOTENCY_KEY, idempotencyKey);
    }

    public JobFilter withCredential(String credentialId) {
        return withText(JobColumn.CREDENTIAL_ID, credentialId);
    }

    /** @param number the short one for people */
    public JobFilter numbered(long number) {
        return and("id = :number", Map.of("number", number), job -> Objects.equals(job.id(), number), false);
    }

    /** Whose campaign's name begins so, in capital letters or not. */
    public JobFilter named(String beginning) {
        var name = "lower(campaign_name) collate \"C\"";
        return and(name + " >= lower(:name) collate \"C\" and " + name + " < (lower(:name) || :last) collate \"C\"",
                Map.of("name", beginning, "last", LAST_CHARACTER),
                job -> lower(job.needed(JobColumn.CAMPAIGN_NAME)).startsWith(lower(beginning)), false);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** @param from asked for then or later */
    public JobFilter since(Instant from) {
        return askedFor("from", from, ">=", (at, bound) -> !at.isBefore(bound));
    }

    /** @param to asked for earlier than that */
    public JobFilter before(Instant to) {
        return askedFor("to", to, "<", Instant::isBefore);
    }

    private JobFilter askedFor(String name, Instant bound, String operator, BiPredicate<Instant, Instant> holds) {
        return and("created_at " + operator + " :" + name, Map.of(name, bound.atOffset(ZoneOffset.UTC)),
                job -> holds.test(job.<Instant>needed(JobColumn.CREATED_AT), bound), false);
    }

    /** @param statuses any of them */
    public JobFilter standing(Set<String> statuses) {
        return and("status = any(:statuses)", Map.of("statuses", statuses.toArray(String[]::new)),
                job -> statuses.contains(job.<String>needed(JobColumn.STATUS)), true);
    }

    /** That made this campaign, ad set or ad. */
    public JobFilter thatMade(String facebookId) {
        return and("id in (select job_id from settled_slots where facebook_id = :facebookId"
                + " union all select job_id from slots_under_way where :facebookId = any(facebook_id))",
                Map.of("facebookId", facebookId),
                job -> job.slots().stream().anyMatch(slot -> facebookId.equals(slot.facebookId())), true);
    }

    /** That met this error of Facebook's. */
    public JobFilter thatMet(ErrorCode error) {
        return and("error_count > 0 and jsonb_path_query_array(error_history, '$[*].code') @> cast(:code as jsonb)"
                + " and error_history @> cast(:error as jsonb)",
                Map.of("code", "[" + error.code() + "]", "error", "[" + error.json() + "]"),
                job -> job.errorHistory().valueStream().anyMatch(error::isIn), true);
    }

    private JobFilter withText(JobColumn column, String value) {
        return and(column.sqlName() + " = :" + column.sqlName(), Map.of(column.sqlName(), value),
                job -> value.equals(job.text(column)), false);
    }

    private JobFilter and(String sql, Map<String, Object> parameters, Predicate<JobView> test, boolean changeable) {
        var all = Stream.concat(conditions.stream(),
                Stream.of(new Condition(sql, parameters, test, changeable))).toList();
        return new JobFilter(all);
    }

    /** For the end of a {@code where}. */
    String sql() {
        return sql(conditions.stream());
    }

    /** Without what may hold for a job while its row says otherwise. */
    String lastingSql() {
        return sql(conditions.stream().filter(condition -> !condition.changeable()));
    }

    private static String sql(Stream<Condition> conditions) {
        return conditions.map(condition -> " and " + condition.sql()).collect(Collectors.joining());
    }

    Map<String, Object> parameters() {
        var all = new HashMap<String, Object>();
        conditions.forEach(condition -> all.putAll(condition.parameters()));
        return all;
    }

    /** @param job whole: with its errors and slots */
    boolean covers(JobView job) {
        return conditions.stream().allMatch(condition -> condition.test().test(job));
    }

    /** The same of a job whose row {@link #lastingSql} has found. */
    boolean coversNow(JobView job) {
        return conditions.stream().filter(Condition::changeable).allMatch(condition -> condition.test().test(job));
    }
}

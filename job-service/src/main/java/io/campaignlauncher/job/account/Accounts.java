package io.campaignlauncher.job.account;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.account.AccountFigures.Launch;
import io.campaignlauncher.job.account.AccountFigures.Pace;
import io.campaignlauncher.job.account.AccountFigures.Usage;
import io.campaignlauncher.readmodel.SqlType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Asks for ad accounts: those of the latest launches that somebody may see, and of all that are under way. What creators keep of an account
 * is in their tables; where those are elsewhere, or may not be read, it is not known. Every call blocks.
 */
public final class Accounts {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
    private static final int LAUNCHES_MAX = 5_000;
    private static final int LATEST_MAX = 10;
    /** There is no such schema, no such table, or no leave to read it. */
    private static final Set<String> NOT_HERE = Set.of("3F000", "42P01", "42501");

    private final JdbcClient sql;

    public Accounts(DataSource dataSource) {
        this.sql = JdbcClient.create(dataSource);
    }

    /**
     * Those that launches were made on, the one with the latest first.
     *
     * @param before only those whose latest launch is before this number; null: from the first on
     */
    public List<AccountFigures> launched(Visibility visible, @Nullable Long before, int max) {
        return completed(launched(visible, null, before, max), visible);
    }

    /** In the order of these; figures of nothing where nobody has launched as far as somebody may see. */
    public List<AccountFigures> of(Visibility visible, Collection<String> adAccountIds) {
        if (adAccountIds.isEmpty()) {
            return List.of();
        }
        var launched = launched(visible, adAccountIds, null, adAccountIds.size());
        var all = new LinkedHashMap<String, AccountFigures>();
        adAccountIds.forEach(id -> all.put(id, launched.getOrDefault(id, AccountFigures.none(id))));
        return completed(all, visible);
    }

    public AccountFigures one(Visibility visible, String adAccountId) {
        return of(visible, List.of(adAccountId)).getFirst();
    }

    /** The latest first, some at most. */
    public List<Launch> latest(Visibility visible, String adAccountId) {
        return sql.sql("select job_uuid::text as job, campaign_name, status, created_at from (" + seen(visible)
                + ") seen where ad_account_id = :account order by id desc limit :max")
                .param("tenant", visible.tenant()).param("owner", visible.owner()).param("launches", LAUNCHES_MAX)
                .param("account", adAccountId).param("max", LATEST_MAX)
                .query((row, _) -> new Launch(row.getString("job"), row.getString("campaign_name"),
                        row.getString("status"), time(row, "created_at")))
                .list();
    }

    private Map<String, AccountFigures> launched(Visibility visible, @Nullable Collection<String> only,
            @Nullable Long before, int max) {
        var found = new LinkedHashMap<String, AccountFigures>();
        sql.sql("""
                select ad_account_id, count(*) filter (where under_way) as running, max(id) as latest_number,
                  max(created_at) as latest_at, coalesce(sum(requested_ad_sets + requested_ads - ad_sets_created - ads_created)
                    filter (where under_way), 0) as changes_left
                from (select *, status in ('pending', 'in_progress') as under_way from ("""
                + seen(visible) + """
                        ) s) seen where cast(:only as text[]) is null or ad_account_id = any(:only)
                        group by ad_account_id having cast(:before as bigint) is null or max(id) < :before
                        order by latest_number desc limit :max""")
                .param("tenant", visible.tenant()).param("owner", visible.owner()).param("launches", LAUNCHES_MAX)
                .param("only", only == null ? null : only.toArray(String[]::new)).param("before", before)
                .param("max", max)
                .query(row -> {
                    var account = row.getString("ad_account_id");
                    found.put(account, new AccountFigures(account, row.getInt("running"), row.getInt("changes_left"),
                            row.getLong("latest_number"), time(row, "latest_at"), null, null));
                });
        return found;
    }

    private static String seen(Visibility visible) {
        var columns = "select id, job_uuid, ad_account_id, campaign_name, status, created_at, requested_ad_sets,"
                + " requested_ads, ad_sets_created, ads_created from campaign_creation_jobs where true"
                + (visible.tenant() == null ? "" : " and tenant = :tenant")
                + (visible.owner() == null ? "" : " and owner = :owner");
        return "(" + columns + " order by id desc limit :launches) union (" + columns
                + " and status in ('pending', 'in_progress') limit :launches)";
    }

    private List<AccountFigures> completed(Map<String, AccountFigures> launched, Visibility visible) {
        var accounts = launched.keySet();
        var paces = paces(accounts, visible);
        var usages = usages(accounts);
        return launched.values().stream()
                .map(one -> one.with(paces.map(all -> all.getOrDefault(one.adAccountId(), new Pace(0, null, 0)))
                        .orElse(null), usages.get(one.adAccountId())))
                .toList();
    }

    /** Empty: not known here. */
    private Optional<Map<String, Pace>> paces(Collection<String> accounts, Visibility visible) {
        try {
            var waiting = waiting(visible);
            var paces = new HashMap<String, Pace>();
            waiting.forEach((account, count) -> paces.put(account, new Pace(0, null, count)));
            sql.sql("""
                    select account_id, case when window_end > now() then used else 0 end as changes,
                      case when resume_at > now() then resume_at end as paused_until
                    from creator.account_pace where account_id = any(:accounts)""")
                    .param("accounts", accounts.toArray(String[]::new))
                    .query(row -> {
                        var account = row.getString("account_id");
                        paces.put(account, new Pace(row.getInt("changes"), SqlType.instant(row, "paused_until"),
                                waiting.getOrDefault(account, 0)));
                    });
            return Optional.of(paces);
        } catch (DataAccessException e) {
            if (e.getMostSpecificCause() instanceof SQLException cause && NOT_HERE.contains(cause.getSQLState())) {
                LOG.debug("what creators keep of accounts cannot be read here: {}", cause.getMessage());
                return Optional.empty();
            }
            throw e;
        }
    }

    private Map<String, Integer> waiting(Visibility visible) {
        var waiting = new HashMap<String, Integer>();
        sql.sql("select j.ad_account_id, count(*) as waiting from creator.waiting_commands w"
                + " join campaign_creation_jobs j on j.job_uuid = w.job_id where true"
                + (visible.tenant() == null ? "" : " and j.tenant = :tenant")
                + (visible.owner() == null ? "" : " and j.owner = :owner") + " group by j.ad_account_id")
                .param("tenant", visible.tenant()).param("owner", visible.owner())
                .query(row -> {
                    waiting.put(row.getString("ad_account_id"), row.getInt("waiting"));
                });
        return waiting;
    }

    /** As the latest looks were told. */
    private Map<String, Usage> usages(Collection<String> accounts) {
        var usages = new HashMap<String, Usage>();
        sql.sql("select distinct on (ad_account_id) ad_account_id, usage_percent, usage_at from job_looks"
                + " where usage_at is not null and ad_account_id = any(:accounts) order by ad_account_id, usage_at desc")
                .param("accounts", accounts.toArray(String[]::new))
                .query(row -> {
                    usages.put(row.getString("ad_account_id"),
                            new Usage(row.getDouble("usage_percent"), time(row, "usage_at")));
                });
        return usages;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(SqlType.instant(row, column));
    }
}

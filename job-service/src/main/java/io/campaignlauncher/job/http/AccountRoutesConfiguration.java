package io.campaignlauncher.job.http;

import io.campaignlauncher.job.account.Accounts;
import io.campaignlauncher.job.preview.CreationPaceSettings;
import io.campaignlauncher.job.view.CredentialUses;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.Settings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The routes of ad accounts. Needs a DataSource, Credentials, CredentialUses, HttpSettings, a Clock. */
@Configuration(proxyBeanMethods = false)
public class AccountRoutesConfiguration {

    @Bean
    @Order(0)
    RouterFunction<ServerResponse> accountRoutes(DataSource dataSource, Credentials credentials, CredentialUses uses,
            Environment environment, HttpSettings settings, Clock clock) {
        return routes(dataSource, credentials, uses,
                Settings.of(environment, CreationPaceSettings.class).mutationsPerSecond(), settings, clock);
    }

    static RouterFunction<ServerResponse> routes(DataSource dataSource, Credentials credentials, CredentialUses uses,
            int changesPerSecond, HttpSettings settings, Clock clock) {
        var accounts = new AccountRoutes(new Accounts(dataSource), credentials, uses, changesPerSecond, settings,
                clock);
        return RouterFunctions.route()
                .GET("/v1/accounts", accounts::list)
                .GET("/v1/accounts/{adAccountId}", accounts::one)
                .filter(Responses::withProblems)
                .build();
    }
}

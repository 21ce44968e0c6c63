package io.campaignlauncher.console.http;

import io.campaignlauncher.sendonce.BaseUrl;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the console finds the other services, and who may be logged in at it.
 *
 * @param streamsMax live pages, and histories that are being downloaded, at the same time, 1 to 100000
 * @param https whether browsers reach it over https, itself or through a proxy: then its cookies are for https alone
 */
@ConfigurationProperties("launch.console")
record ConsoleSettings(@DefaultValue JobService jobService, @DefaultValue IdentityService identityService,
        @DefaultValue ModerationService moderationService, @DefaultValue("1000") int streamsMax,
        @DefaultValue("false") boolean https,
        @DefaultValue Sessions sessions, @DefaultValue LogIns logIns) {

    ConsoleSettings {
        if (streamsMax < 1 || streamsMax > 100_000) {
            throw new IllegalArgumentException("launch.console.streams-max must be 1 to 100000");
        }
    }

    /**
     * Those that people are logged in by. They are in memory alone.
     *
     * @param idleMax how long one lives in which nobody asks for anything
     * @param lifeMax how long one lives at most
     * @param most    at a time; of more, the one in which nobody asked for longest ends
     */
    record Sessions(@DefaultValue("30m") Duration idleMax, @DefaultValue("12h") Duration lifeMax,
            @DefaultValue("10000") int most) {

        Sessions {
            if (!idleMax.isPositive() || !lifeMax.isPositive() || most < 1) {
                throw new IllegalArgumentException("launch.console.sessions: times and bounds must be positive");
            }
        }
    }

    /**
     * How often somebody may try to log in, whether they get in or not. The identity-service has limits of its own.
     *
     * @param tries      of one address in the time of {@code within}; each instance counts for itself
     * @param within     the time in which tries come back
     * @param remembered addresses that are counted at a time
     */
    record LogIns(@DefaultValue("30") int tries, @DefaultValue("1m") Duration within,
            @DefaultValue("100000") int remembered) {

        LogIns {
            if (tries < 1 || !within.isPositive() || remembered < 1) {
                throw new IllegalArgumentException("launch.console.log-ins: every limit must be positive");
            }
        }
    }

    /**
     * The service that has the launches.
     *
     * @param baseUrl   its address; https, unless it is on this machine
     * @param allowHttp whether access tokens may go there in plain text
     */
    record JobService(@DefaultValue("http://127.0.0.1:8080") String baseUrl,
            @DefaultValue("false") boolean allowHttp) {

        JobService {
            BaseUrl.of("launch.console.job-service", baseUrl, allowHttp);
        }

        URI address() {
            return URI.create(baseUrl.strip());
        }
    }

    /**
     * The service that knows the users.
     *
     * @param baseUrl   its address; https, unless it is on this machine
     * @param allowHttp whether passwords may go there in plain text
     */
    record IdentityService(@DefaultValue("http://127.0.0.1:8084") String baseUrl,
            @DefaultValue("false") boolean allowHttp) {

        IdentityService {
            BaseUrl.of("launch.console.identity-service", baseUrl, allowHttp);
        }

        URI address() {
            return URI.create(baseUrl.strip());
        }
    }

    /**
     * The service that has the marketplace.
     *
     * @param baseUrl   its address; https, unless it is on this machine
     * @param allowHttp whether access tokens may go there in plain text
     */
    record ModerationService(@DefaultValue("http://127.0.0.1:8085") String baseUrl,
            @DefaultValue("false") boolean allowHttp) {

        ModerationService {
            BaseUrl.of("launch.console.moderation-service", baseUrl, allowHttp);
        }

        URI address() {
            return URI.create(baseUrl.strip());
        }
    }
}

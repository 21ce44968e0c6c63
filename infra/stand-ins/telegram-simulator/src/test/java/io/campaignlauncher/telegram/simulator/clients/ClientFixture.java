package io.campaignlauncher.telegram.simulator.clients;

import static io.campaignlauncher.telegram.simulator.TelegramSimulator.BOT_ID;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.CHANNEL;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.CHANNEL_ID;
import static io.campaignlauncher.telegram.simulator.TelegramSimulator.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Post;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telegram.simulator.core.TelegramRules;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A simulator, and a client that somebody else has written. */
abstract class ClientFixture {

    static final String LOG = "-1001000000002";
    static final String NUMBER = String.valueOf(CHANNEL_ID);
    static final String NOT_FOUND = "Bad Request: message to edit not found";
    static final String NOT_OURS = "Bad Request: message can't be edited";
    static final String OURS = "Bad Request: there is no live location in the message to edit";

    private final List<Client> opened = new ArrayList<>();
    TelegramSimulator simulator;
    Client client;

    abstract Client connect(URI baseUrl, String token, OkHttpClient http);

    @BeforeEach
    void start() {
        start(TelegramRules.DEFAULTS.withoutLimits());
    }

    void start(TelegramRules rules) {
        simulator = TelegramSimulator.start(TelegramSimulatorSettings.DEFAULTS.withRules(rules));
        simulator.world().addChannel(Long.parseLong(LOG), null, "Log");
        simulator.world().setMembership(LOG, BOT_ID, Membership.administrator(Rights.POST));
        client = client(TOKEN, false);
    }

    Client client(String token, boolean retries) {
        var connected = connect(simulator.baseUrl(), token,
                new OkHttpClient.Builder().retryOnConnectionFailure(retries).readTimeout(Duration.ofSeconds(30))
                        .build());
        opened.add(connected);
        return connected;
    }

    @AfterEach
    void stop() {
        opened.forEach(Client::close);
        simulator.close();
    }

    static void assertError(Outcome outcome, int code, String description) {
        assertThat(outcome.description()).isEqualTo(description);
        assertThat(outcome.code()).isEqualTo(code);
    }

    Post post(int id) {
        return simulator.world().posts(CHANNEL).stream().filter(post -> post.id() == id).findFirst().orElseThrow();
    }

    static byte[] png(int color) {
        var image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        IntStream.range(0, 640).forEach(x -> image.setRGB(x, x % 480, color));
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}

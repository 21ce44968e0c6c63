package io.campaignlauncher.telegram.simulator.clients;

import java.net.URI;
import okhttp3.OkHttpClient;

class TelegramBotsPostsIT extends PostsSuite {

    @Override
    Client connect(URI baseUrl, String token, OkHttpClient http) {
        return new JsonClient(baseUrl, token, http);
    }
}

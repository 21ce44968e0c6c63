package io.campaignlauncher.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.embedded.FreePorts.Range;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreePortsTest {

    @ParameterizedTest
    @CsvSource({ "'32768\t60999\n', 20000, 32767", "'49152 65535', 20000, 32767", "'25000 65535', 20000, 24999",
        "'10000 40000', 40001, 65535", "'20500 65000', 1024, 19999", "'15000 65535', 1024, 14999" })
    void keeps_servers_out_of_the_range_of_clients(String told, int first, int last) {
        assertThat(FreePorts.forServers(told)).isEqualTo(new Range(first, last));
    }

    @ParameterizedTest
    @CsvSource({ "''", "'1024 65535'", "'no numbers'" })
    void takes_the_usual_range_where_there_is_no_better_one(String told) {
        assertThat(FreePorts.forServers(told)).isEqualTo(FreePorts.USUAL);
        assertThat(FreePorts.USUAL.contains(32_768)).isFalse();
    }

    @Test
    void gives_out_ports_that_no_client_is_given() throws IOException {
        assertThat(FreePorts.mayBeAClients(FreePorts.next())).isFalse();
        try (var given = new ServerSocket(0, 1, InetAddress.getByName(FreePorts.LOOPBACK))) {
            assertThat(FreePorts.isTaken(given.getLocalPort())).isTrue();
        }
    }
}

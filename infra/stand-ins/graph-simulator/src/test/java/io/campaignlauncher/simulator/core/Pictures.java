package io.campaignlauncher.simulator.core;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;

/** Real pictures, made by the JDK; of WebP, which it does not write, the first bytes. */
public final class Pictures {

    private Pictures() {}

    /** Twelve by seven points; another colour has other bytes. */
    public static byte[] png(int colour) {
        return drawn("png", colour);
    }

    static byte[] drawn(String format, int colour) {
        var picture = new BufferedImage(12, 7, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, colour);
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new AssertionError("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Twelve by seven points in each of the three ways that WebP has. */
    static byte[] webp(String way) {
        return HexFormat.of().parseHex("524946463000000057454250" + switch (way) {
            case "VP8 " -> "5650382018000000" + "300100" + "9d012a" + "0c000700" + "0002";
            case "VP8L" -> "5650384c0d000000" + "2f" + "0b800100" + "1007";
            default -> "565038580a000000" + "10000000" + "0b0000" + "060000";
        });
    }

    static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }
}

package io.millrace.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file system of its own whose power can be cut, kept by {@code scripts/powercut-disk}. One thread at a time. */
final class PowercutDisk implements AutoCloseable {
    private final Path folder;
    private final Process helper;
    private final BufferedReader answers;
    private final Writer orders;

    private PowercutDisk(Path folder, Process helper) {
        this.folder = folder;
        this.helper = helper;
        this.answers = helper.inputReader(StandardCharsets.UTF_8);
        this.orders = helper.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Make and mount one.
     *
     * @param fileSystem ext4 or xfs
     * @param folder an empty one
     * @throws IOException if this machine or user cannot; says why
     */
    static PowercutDisk mount(Path script, String fileSystem, Path folder) throws IOException {
        Process helper = new ProcessBuilder(script.toString(), fileSystem, folder.toString())
                .redirectErrorStream(true)
                .redirectInput(Redirect.PIPE)
                .start();
        PowercutDisk disk = new PowercutDisk(folder, helper);
        disk.await("ready");
        return disk;
    }

    /** Where it is mounted. */
    Path path() {
        return folder.resolve("disk");
    }

    /** From now on nothing reaches the disk, and what was not forced is lost. */
    void cut() throws IOException {
        order("cut");
    }

    /** The power is back. Nobody has a file open there. */
    void remount() throws IOException {
        order("remount");
    }

    private void order(String order) throws IOException {
        orders.write(order + "\n");
        orders.flush();
        await("ok");
    }

    private void await(String answer) throws IOException {
        String said = answers.readLine();
        if (!answer.equals(said)) {
            throw new IOException(said == null ? "it ended" : said);
        }
    }

    /** Unmount it and delete its image. */
    @Override
    public void close() throws IOException {
        orders.close();
        try {
            helper.waitFor();
        } catch (InterruptedException stopWaiting) {
            Thread.currentThread().interrupt();
        }
    }
}

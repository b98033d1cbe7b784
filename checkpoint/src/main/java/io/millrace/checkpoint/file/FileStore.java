package io.millrace.checkpoint.file;

import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * All that is done to a disk, on names relative to one directory: the port that a simulated disk stands in for.
 *
 * <p>A name is made of elements parted by {@code /}, each of letters, digits, {@code .}, {@code _} and {@code -}, none of them
 * {@code .} or {@code ..}; the empty name is the directory itself. Names are made by us from numbers, never from a user's text.
 *
 * <p>Any thread may call; what is called in two threads on the same name has no order. Nothing is durable before the file's
 * {@link StoreFile#force} and, for what is created, renamed or deleted, {@link #forceFolder} have returned. Each method throws
 * {@link DiskFullException} when there is no space, and otherwise a {@link CheckpointException} MR-1203 that names the file.
 */
public interface FileStore {

    /**
     * What tells this directory from any other in this JVM, by whatever path it was reached.
     *
     * @return an object with equals
     * @throws IOException if the directory cannot be read
     */
    Object identity() throws IOException;

    /**
     * How people call this directory.
     *
     * @return its real path
     */
    String location();

    /**
     * Look whether others may change what is in the directory.
     *
     * @throws IOException a {@link CheckpointException} MR-1701 if it is a symbolic link, or group or others may write
     */
    void requireSecure() throws IOException;

    /**
     * Create a file, empty, to be read and written.
     *
     * @param name which does not exist yet, in a folder that does
     * @return the open file
     * @throws IOException if it exists, or cannot be created
     */
    StoreFile create(String name) throws IOException;

    /**
     * Open a file to be read and written.
     *
     * @param name which exists
     * @return the open file
     * @throws IOException if it is not there, or cannot be opened
     */
    StoreFile open(String name) throws IOException;

    /**
     * Open a file to be read only.
     *
     * @param name which exists
     * @return the open file, whose writing methods throw
     * @throws IOException if it is not there, or cannot be opened
     */
    StoreFile openReadOnly(String name) throws IOException;

    /**
     * What is in a folder, in order of names.
     *
     * @param folder its name; one that does not exist is empty
     * @return names relative to the folder, those of folders with {@code /} at the end
     * @throws IOException if it cannot be read
     */
    List<String> list(String folder) throws IOException;

    /**
     * Whether there is a file or folder.
     *
     * @param name of it
     * @return whether it exists
     * @throws IOException if that cannot be known
     */
    boolean exists(String name) throws IOException;

    /**
     * How long a file is.
     *
     * @param name which exists
     * @return bytes
     * @throws IOException if it is not there
     */
    long size(String name) throws IOException;

    /**
     * Give a file another name, at once: there is no moment when neither or half is there. A file of the new name is replaced.
     *
     * @param from which exists
     * @param to in a folder that exists
     * @throws IOException if it was not renamed
     */
    void rename(String from, String to) throws IOException;

    /**
     * Delete a file.
     *
     * @param name which exists
     * @throws IOException if it was not deleted
     */
    void delete(String name) throws IOException;

    /**
     * Make a folder and those above it; nothing if it is there. The folders above that are new are not forced.
     *
     * @param folder its name
     * @throws IOException if it cannot be made
     */
    void makeFolder(String folder) throws IOException;

    /**
     * Make durable what was created in, renamed into, renamed out of and deleted from a folder.
     *
     * @param folder its name
     * @throws IOException if that is not sure
     */
    void forceFolder(String folder) throws IOException;

    /**
     * How much more may be written.
     *
     * @return bytes
     * @throws IOException if that cannot be known
     */
    long usableBytes() throws IOException;

    /**
     * Map a file, only to be read. It must be sealed (nobody writes, cuts or replaces it as long as the mapping lives) and its
     * length and checksum must have been verified by ordinary reads: touching a mapped page that has nothing behind it ends the JVM.
     *
     * @param name of a file below 2 GiB, not empty
     * @return its bytes, to be given back by {@link #unmap}
     * @throws IOException if it cannot be mapped
     */
    DirectBuffer mapReadOnly(String name) throws IOException;

    /**
     * Take a mapping back. Who touches it afterwards ends the JVM.
     *
     * @param mapped what {@link #mapReadOnly} gave
     */
    void unmap(DirectBuffer mapped);

    /**
     * Lock a file, which is created if need be, against other processes and against this one. It is opened for nothing else:
     * closing any other descriptor of it would let the lock go.
     *
     * @param name of the file
     * @return the lock; or null if somebody has it
     * @throws IOException if it cannot be locked
     */
    StoreLock tryLock(String name) throws IOException;

    /**
     * Check a name.
     *
     * @param name any
     * @return the name
     * @throws IllegalArgumentException if it is none
     */
    static String requireName(String name) {
        boolean elementStarts = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isPlain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
            boolean isInside = !elementStarts && (c == '.' || c == '/');
            if (!isPlain && !isInside) {
                throw new IllegalArgumentException("file name '" + name + "' has '" + c + "' at " + i
                        + "; expected elements of letters, digits, '_', '-' and inner '.', parted by '/'");
            }
            elementStarts = c == '/';
        }
        if (elementStarts && !name.isEmpty()) {
            throw new IllegalArgumentException("file name '" + name + "' ends in '/'; leave it out");
        }
        return name;
    }

    /**
     * The folder that a name is in.
     *
     * @param name of a file or folder
     * @return the name of its folder, empty for the directory itself
     */
    static String folderOf(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }
}

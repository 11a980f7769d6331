package dev.microvisor.emulator.rest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** One H2 database file and the few ways in which the store talks to it. Thread-safe. */
final class Database implements AutoCloseable {
    /** Name of the file, without H2's {@code .mv.db}. */
    private static final String FILE = "cloud";

    /** H2 answers this when another process has the file open. */
    private static final int DATABASE_ALREADY_OPEN = 90020;

    private final Path folder;
    private final Connection connection;

    private Database(Path folder, Connection connection) {
        this.folder = folder;
        this.connection = connection;
    }

    /** Turns a row into a value. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Opens the database in a folder, which is made, readable by its owner only. */
    static Database open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (absolute.toString().contains(";")) {
            throw new CloudStoreException(
                    absolute + ": H2 cannot open a path with a semicolon; choose another folder");
        }
        try {
            Files.createDirectories(absolute);
            ownerOnly(absolute, "rwx------");
            // WRITE_DELAY=0: a commit is in the file before it is acknowledged.
            Connection connection =
                    DriverManager.getConnection(
                            "jdbc:h2:file:"
                                    + absolute.resolve(FILE)
                                    + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
            ownerOnly(absolute.resolve(FILE + ".mv.db"), "rw-------");
            return new Database(absolute, connection);
        } catch (IOException e) {
            throw new CloudStoreException(
                    absolute + ": cannot make the cloud's folder: " + e.getMessage(), e);
        } catch (SQLException e) {
            if (e.getErrorCode() == DATABASE_ALREADY_OPEN) {
                throw new CloudStoreException(
                        absolute
                                + ": another microvisor process uses this cloud; stop it or choose"
                                + " another folder with --data",
                        e);
            }
            throw new CloudStoreException(
                    absolute + ": cannot open the cloud's database: " + e.getMessage(), e);
        }
    }

    private static void ownerOnly(Path path, String permissions) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    synchronized <T> List<T> query(String sql, RowReader<T> reader, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<T> values = new ArrayList<>();
            while (rows.next()) {
                values.add(reader.read(rows));
            }
            return values;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs a statement in a transaction of its own; returns how many rows it touched. */
    synchronized int update(String sql, Object... arguments) {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    private CloudStoreException failed(SQLException e) {
        return new CloudStoreException(
                folder + ": the cloud's database failed: " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}

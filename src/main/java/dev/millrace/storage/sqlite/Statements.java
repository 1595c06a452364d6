package dev.millrace.storage.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConnection;

/** The statements of one connection, prepared once; of one thread. */
final class Statements implements AutoCloseable {
    private final Connection connection;
    private final Connection direct;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    /** Goes past the pool's wrappers, which cost more than most statements here. */
    Statements(Connection connection) throws SQLException {
        this.connection = connection;
        this.direct = connection.unwrap(SQLiteConnection.class);
    }

    /** Rows changed. */
    int update(String sql, Object... values) throws SQLException {
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw discarded(sql, e);
        }
    }

    /** The first row, or null. */
    <T> T first(String sql, Reading<T> reading, Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return rows.next() ? reading.read(rows) : null;
        } catch (SQLException e) {
            throw discarded(sql, e);
        }
    }

    <T> List<T> all(String sql, Reading<T> reading, Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(reading.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw discarded(sql, e);
        }
    }

    /** Reads row by row, as long as the visitor wants more. It must not use the same statement meanwhile. */
    void each(String sql, Visitor visitor, Object... values) throws SQLException {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            boolean more = true;
            while (more && rows.next()) {
                more = visitor.visit(rows);
            }
        } catch (SQLException e) {
            throw discarded(sql, e);
        }
    }

    /** The driver ends a statement that failed, without saying so: it is not used again. */
    private SQLException discarded(String sql, SQLException cause) {
        PreparedStatement failed = prepared.remove(sql);
        try {
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }

    /** Ends a transaction without effect; also where SQLite has rolled it back itself. */
    void rollBack() throws SQLException {
        try {
            update("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    /** A column that may be null. */
    static Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = direct.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            bind(statement, i + 1, values[i]);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(at, Types.NULL);
            case Long number -> statement.setLong(at, number);
            case Integer number -> statement.setInt(at, number);
            case String text -> statement.setString(at, text);
            case byte[] bytes -> statement.setBytes(at, bytes);
            case Double number -> statement.setDouble(at, number);
            default -> throw new IllegalArgumentException("cannot bind a " + value.getClass());
        }
    }

    @Override
    public void close() {
        try {
            for (PreparedStatement statement : prepared.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            // Whatever is wrong with the file was said by the statement that met it.
        }
    }

    /** Makes a value of a row. */
    @FunctionalInterface
    interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Sees a row; false to see no more. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(ResultSet row) throws SQLException;
    }
}

-- A change of a table that waits for its lock holds up everybody who comes after it. It gives up soon; the service's start begins anew.
set local lock_timeout = '5s';

package torture
import ("testing";"context";"runtime/pprof";"os";"time";"github.com/draftt-io/draftt-databricks/connector/demo")
func TestZZ(t *testing.T){
	found,_:=demo.Find("ready"); d,_:=demo.Start(context.Background(),found,demo.Options{}); defer d.Close()
	for range 20 { cycle(t,d) }
	time.Sleep(time.Second)
	t.Log(settled())
	for range 300 { cycle(t,d) }
	t.Log(settled())
	f,_:=os.Create("/tmp/heap.prof"); pprof.WriteHeapProfile(f); f.Close()
}

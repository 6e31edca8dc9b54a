package rest

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// warehouseSizes are the sizes of warehouses, and what the API calls them in its other field.
var warehouseSizes = map[string]string{
	"2X-Small": "XXSMALL", "X-Small": "XSMALL", "Small": "SMALL", "Medium": "MEDIUM", "Large": "LARGE", "X-Large": "XLARGE",
	"2X-Large": "XXLARGE", "3X-Large": "XXXLARGE", "4X-Large": "XXXXLARGE", "5X-Large": "XXXXXLARGE",
}

// warehouseRequest makes a warehouse or changes one. What it leaves out stays as it is.
type warehouseRequest struct {
	ID              string         `json:"id"`
	Name            string         `json:"name"`
	ClusterSize     string         `json:"cluster_size"`
	AutoStopMins    *int           `json:"auto_stop_mins"`
	MinClusters     *int           `json:"min_num_clusters"`
	MaxClusters     *int           `json:"max_num_clusters"`
	Type            string         `json:"warehouse_type"`
	Serverless      *bool          `json:"enable_serverless_compute"`
	Photon          *bool          `json:"enable_photon"`
	SpotPolicy      string         `json:"spot_instance_policy"`
	Channel         *channel       `json:"channel"`
	Tags            *warehouseTags `json:"tags"`
	CreatorName     string         `json:"creator_name"`
	InstanceProfile string         `json:"instance_profile_arn"`
}

const (
	// defaultAutoStop is the auto_stop_mins of a warehouse that is created without one; the least besides 0 is leastAutoStop.
	defaultAutoStop = 120
	leastAutoStop   = 10
	mostAutoStop    = 7 * 24 * 60
	// mostClusters is the largest max_num_clusters.
	mostClusters = 40
)

// startTimes are how long warehouses of each kind take to start.
var startTimes = map[compute.WarehouseType]time.Duration{
	compute.Serverless: 4 * time.Second, compute.Pro: 4 * time.Minute, compute.Classic: 5 * time.Minute,
}

// warehouseWords are the words that fields take, the one first that stands for nothing.
var warehouseWords = map[string][]string{
	"warehouse_type":       {"TYPE_UNSPECIFIED", "CLASSIC", "PRO"},
	"spot_instance_policy": {"POLICY_UNSPECIFIED", "COST_OPTIMIZED", "RELIABILITY_OPTIMIZED"},
	"channel.name": {
		"CHANNEL_NAME_UNSPECIFIED", "CHANNEL_NAME_CURRENT", "CHANNEL_NAME_PREVIEW", "CHANNEL_NAME_PREVIOUS", "CHANNEL_NAME_CUSTOM",
	},
}

// chosen gives the word of a field, or what it was when the request says nothing of it.
func chosen(field, word, before string) (string, error) {
	switch i := slices.Index(warehouseWords[field], word); {
	case word == "", i == 0:
		return before, nil
	case i < 0:
		return "", Refuse("'" + word + "' is not a value of " + field + ".")
	}
	return word, nil
}

type createdWarehouse struct {
	ID string `json:"id"`
}

func (h *Handler) createWarehouse(r *http.Request, who *model.Principal) (any, error) {
	var body warehouseRequest
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	if body.Name == "" || body.ClusterSize == "" {
		return nil, Refuse("name and cluster_size are required.")
	}
	v := compute.Warehouse{Type: compute.Classic, AutoStop: defaultAutoStop * time.Minute, Creator: who.Name}
	if err := body.into(&v); err != nil {
		return nil, err
	}
	id, err := h.world.CreateWarehouse(who, v)
	if err != nil {
		return nil, err
	}
	return createdWarehouse{id}, nil
}

func (h *Handler) editWarehouse(r *http.Request, who *model.Principal) (any, error) {
	var body warehouseRequest
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	if body.ID != "" && body.ID != id {
		return nil, Refuse("Field id is not the warehouse's.")
	}
	return empty{}, h.world.EditWarehouse(who, id, body.into)
}

// into makes the request's changes to a warehouse.
func (body warehouseRequest) into(v *compute.Warehouse) error {
	switch {
	case body.InstanceProfile != "":
		return Refuse("instance_profile_arn is not supported on Azure.")
	case body.CreatorName != "" && body.CreatorName != v.Creator:
		return Refuse("creator_name cannot be changed.")
	case body.ClusterSize != "" && warehouseSizes[body.ClusterSize] == "":
		return Refuse("'" + body.ClusterSize + "' is not a value of cluster_size.")
	}
	v.Name, v.Size = cmp.Or(body.Name, v.Name), cmp.Or(body.ClusterSize, v.Size)
	if m := body.AutoStopMins; m != nil {
		if *m != 0 && *m < leastAutoStop {
			return Refuse("auto_stop_mins must be 0 or at least " + strconv.Itoa(leastAutoStop) + ".")
		}
		if *m > mostAutoStop {
			return Refuse("auto_stop_mins must be at most " + strconv.Itoa(mostAutoStop) + ".")
		}
		v.AutoStop = time.Duration(*m) * time.Minute
	}
	if err := body.kind(v); err != nil {
		return err
	}
	return body.compute(&v.Compute)
}

// kind changes the type; serverless is PRO with a flag in the API.
func (body warehouseRequest) kind(v *compute.Warehouse) error {
	serverless := v.Type == compute.Serverless
	word := "PRO"
	if v.Type == compute.Classic {
		word = "CLASSIC"
	}
	word, err := chosen("warehouse_type", body.Type, word)
	if err != nil {
		return err
	}
	if body.Serverless != nil {
		serverless = *body.Serverless
		if serverless && body.Type == "" {
			word = "PRO"
		}
	}
	before := v.Type
	switch {
	case word == "CLASSIC" && serverless && body.Serverless != nil:
		return Refuse("enable_serverless_compute takes the warehouse_type PRO.")
	case word == "CLASSIC":
		v.Type = compute.Classic
	case serverless:
		v.Type = compute.Serverless
	default:
		v.Type = compute.Pro
	}
	if v.Type != before || v.StartTakes == 0 {
		v.StartTakes = startTimes[v.Type]
	}
	return nil
}

func (body warehouseRequest) compute(c *compute.Config) (err error) {
	for _, n := range []struct {
		field string
		given *int
		now   *int
	}{{"min_num_clusters", body.MinClusters, &c.MinClusters}, {"max_num_clusters", body.MaxClusters, &c.MaxClusters}} {
		if n.given == nil {
			continue
		}
		if *n.given < 1 || *n.given > mostClusters {
			return Refuse(n.field + " must be between 1 and " + strconv.Itoa(mostClusters) + ".")
		}
		*n.now = *n.given
	}
	if c.MinClusters > cmp.Or(c.MaxClusters, 1) {
		return Refuse("min_num_clusters cannot be more than max_num_clusters.")
	}
	if body.Photon != nil {
		c.WithoutPhoton = !*body.Photon
	}
	if c.SpotPolicy, err = chosen("spot_instance_policy", body.SpotPolicy, c.SpotPolicy); err != nil {
		return err
	}
	if body.Channel != nil {
		if c.Channel, err = chosen("channel.name", body.Channel.Name, c.Channel); err != nil {
			return err
		}
		c.ChannelVersion = body.Channel.Version
	}
	if body.Tags != nil {
		c.Tags = nil
		for _, tag := range body.Tags.Custom {
			c.Tags = append(c.Tags, compute.Tag(tag))
		}
	}
	return nil
}
